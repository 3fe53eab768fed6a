/** Rounds of annotation before they begin: what was chosen, what is still wrong with it, and the request it becomes. */
import type { Guideline } from '../../shared/annotation.ts'
import type { Input } from '../../shared/contract.ts'
import type { AltKind } from '../../shared/types.ts'

/** As the contract has them; its schemas stay out of the page. */
export const MOST_ANNOTATORS = 20
export const MOST_IMAGES = 10_000

export type StartChoice =
  | { readonly from: 'alt-text' }
  | { readonly from: 'captions'; readonly captionerId: string; readonly altKind: AltKind }

export interface BeginForm {
  readonly name: string
  readonly which: 'all' | 'some' | 'sample'
  /** Of `some`. */
  readonly imageIds: readonly string[]
  /** Of `sample`. NaN while the field is empty, as for every number here. */
  readonly count: number
  readonly start: StartChoice
  readonly annotators: readonly string[]
  readonly swap: boolean
  readonly seed: number
  /** null until the product's own came. */
  readonly guideline: Guideline | null
}

export const NEW_ROUNDS: BeginForm = {
  name: '',
  which: 'all',
  imageIds: [],
  count: 100,
  start: { from: 'alt-text' },
  annotators: ['A', 'B'],
  swap: true,
  seed: 7,
  guideline: null,
}

export type BeginField = 'name' | 'images' | 'annotators' | 'seed' | 'guideline'

const whole = (value: number, least: number, most: number): boolean =>
  Number.isInteger(value) && value >= least && value <= most

function imagesFault(form: BeginForm, library: number): string | null {
  if (library === 0) return 'There are no images yet: add some in Library.'
  const chosen = { all: library, some: form.imageIds.length, sample: form.count }[form.which]
  if (form.which === 'sample' && !whole(form.count, 1, MOST_IMAGES))
    return 'The sample must be a whole number of images, 1 to 10,000.'
  if (chosen === 0) return 'Choose at least one image.'
  if (chosen > MOST_IMAGES) return 'More than 10,000 images: take a sample.'
  return null
}

function annotatorsFault({ annotators }: BeginForm): string | null {
  const names = annotators.map((name) => name.trim())
  if (names.length === 0) return 'Rounds need at least one annotator.'
  if (names.length > MOST_ANNOTATORS) return `At most ${MOST_ANNOTATORS} annotators.`
  if (names.includes('')) return 'Every annotator needs a name.'
  if (new Set(names).size < names.length) return 'Two annotators have the same name.'
  return null
}

function guidelineFault({ guideline }: BeginForm): string | null {
  if (guideline?.steps.some(({ text }) => text.trim() === '')) return 'A step has no words.'
  if (guideline?.openings.some((one) => one.length > 80))
    return 'An opening has at most 80 characters.'
  return null
}

/** In words, by the field it stands beside. */
export function beginFaults(
  form: BeginForm,
  library: number,
): Readonly<Partial<Record<BeginField, string>>> {
  const found: Readonly<Record<BeginField, string | null>> = {
    name:
      form.name.trim() === '' ? 'Give these rounds a name; it stands in captions and files.' : null,
    images: imagesFault(form, library),
    annotators: annotatorsFault(form),
    seed: whole(form.seed, 0, 0xffffffff) ? null : 'The seed must be a whole number from 0 up.',
    guideline: guidelineFault(form),
  }
  const faults: Partial<Record<BeginField, string>> = {}
  for (const [field, words] of Object.entries(found))
    if (words !== null) faults[field as BeginField] = words
  return faults
}

/** Nobody can leave their own work to somebody else alone. */
export const swapBlocked = ({ annotators }: Pick<BeginForm, 'annotators'>): string | null =>
  annotators.length < 2 ? 'Swapping needs two annotators' : null

export function toRequest(
  form: BeginForm,
  imageIds: readonly string[],
): Input<'annotations.create'> {
  const { guideline } = form
  return {
    name: form.name.trim(),
    imageIds: [...imageIds],
    start: { ...form.start },
    annotators: form.annotators.map((name) => name.trim()),
    swap: form.swap && swapBlocked(form) === null,
    seed: form.seed,
    ...(guideline && {
      guideline: {
        goal: guideline.goal,
        steps: guideline.steps.map(({ id, text }) => ({ id, text: text.trim() })),
        openings: guideline.openings.map((one) => one.trim()).filter(Boolean),
        rules: [...guideline.rules],
      },
    }),
  }
}

/** One step more at the end, under an id that no other has. */
export function withStep(guideline: Guideline): Guideline {
  const taken = new Set(guideline.steps.map(({ id }) => id))
  let number = guideline.steps.length + 1
  while (taken.has(`own-${number}`)) number++
  return { ...guideline, steps: [...guideline.steps, { id: `own-${number}`, text: '' }] }
}
