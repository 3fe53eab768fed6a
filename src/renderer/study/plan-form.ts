/** The plan while it is being made: what was chosen, what is still wrong with it, and the request it becomes. */
import type { Input, Output } from '../../shared/contract.ts'
import type { ImportedCaption } from '../../shared/contract/studies.ts'
import type { Criterion, ExclusionRules, Protocol } from '../../shared/study-types.ts'
import type { AltKind } from '../../shared/types.ts'

export type StudyTemplate = Output<'studies.templates'>['templates'][number]

export interface ChosenSystem {
  readonly captionerId: string
  readonly altKind: AltKind
  readonly name: string
}

export interface AskedCriterion {
  readonly criterion: Criterion
  readonly asked: boolean
}

export interface PlanForm {
  readonly name: string
  readonly title: string
  readonly templateId: string
  readonly criteria: readonly AskedCriterion[]
  readonly reveal: Protocol['reveal']
  /** Empty: the template's own. */
  readonly instructions: string
  readonly source: 'cells' | 'file'
  readonly systems: readonly ChosenSystem[]
  readonly captions: {
    readonly fileName: string
    readonly rows: readonly ImportedCaption[]
    readonly faults: readonly string[]
  } | null
  /** null: every image of the library. */
  readonly imageIds: readonly string[] | null
  readonly raters: readonly string[]
  /** null: up to three. NaN while the field is empty, as for every number here. */
  readonly ratersPerItem: number | null
  readonly wrongImage: number
  readonly plantedError: number
  readonly duplicate: number
  readonly repeatPercent: number
  /** null: the plan decides. */
  readonly anchors: number | null
  readonly exclusion: ExclusionRules
  readonly seed: number
}

export type PlanField =
  'name' | 'title' | 'criteria' | 'systems' | 'images' | 'raters' | 'quality' | 'exclusion' | 'seed'

export const NEW_PLAN: PlanForm = {
  name: '',
  title: 'Caption study',
  templateId: 'figure-3',
  criteria: [],
  reveal: 'staged',
  instructions: '',
  source: 'cells',
  systems: [],
  captions: null,
  imageIds: null,
  raters: ['R1', 'R2', 'R3'],
  ratersPerItem: null,
  wrongImage: 4,
  plantedError: 2,
  duplicate: 2,
  repeatPercent: 10,
  anchors: null,
  exclusion: { goldUpperBelow: 0.75, selfTauBelow: 0.2, tooFastOver: 0.2, action: 'advice' },
  seed: 7,
}

export const askAs = (
  template: StudyTemplate,
): Pick<PlanForm, 'templateId' | 'criteria' | 'reveal'> => ({
  templateId: template.id,
  criteria: template.criteria.map((criterion) => ({ criterion, asked: true })),
  reveal: template.reveal,
})

export const systemNames = (form: PlanForm): readonly string[] =>
  form.source === 'file'
    ? [...new Set((form.captions?.rows ?? []).map(({ system }) => system))]
    : form.systems.map(({ name }) => name)

const within = (value: number, least: number, most: number) => value >= least && value <= most
const whole = (value: number, least: number, most: number) =>
  Number.isInteger(value) && within(value, least, most)

function systemsFault(form: PlanForm, template: StudyTemplate | undefined): string | null {
  if (form.source === 'file') {
    if (!form.captions) return 'Choose a file of captions.'
    if (form.captions.faults.length > 0) return `${form.captions.faults.join('. ')}.`
  }
  const names = systemNames(form)
  if (names.some((name) => name.trim() === '')) return 'Every system needs a name.'
  if (new Set(names).size < names.length) return 'Two systems have the same name.'
  const { fewest, most, name } = template ?? { fewest: 2, most: 8, name: 'A study' }
  if (within(names.length, fewest, most)) return null
  const wanted = fewest === most ? `exactly ${fewest}` : `${fewest} to ${most}`
  return `${name} compares ${wanted} systems; ${names.length} are chosen.`
}

function ratersFault({ raters, ratersPerItem }: PlanForm): string | null {
  if (raters.length === 0) return 'A study needs at least one rater.'
  if (raters.some((name) => name.trim() === '')) return 'Every rater needs a pseudonym.'
  if (new Set(raters).size < raters.length) return 'Two raters have the same pseudonym.'
  if (ratersPerItem !== null && !whole(ratersPerItem, 1, raters.length))
    return `Raters per image must be 1 to ${raters.length}, the number of raters.`
  return null
}

function qualityFault(form: PlanForm): string | null {
  if (![form.wrongImage, form.plantedError, form.duplicate].every((one) => within(one, 0, 50)))
    return 'Hidden items must be 0 to 50 for every 50 images.'
  if (!within(form.repeatPercent, 0, 50)) return 'Repeats must be 0 to 50 % of the items.'
  if (form.anchors !== null && !whole(form.anchors, 0, 100_000))
    return 'Images that everybody rates must be a whole number.'
  return null
}

function exclusionFault({ exclusion }: PlanForm): string | null {
  if (!within(exclusion.goldUpperBelow, 0, 1)) return 'Hidden items passed must be 0 to 1.'
  if (!within(exclusion.selfTauBelow, -1, 1)) return 'Agreement with oneself must be −1 to 1.'
  if (!within(exclusion.tooFastOver, 0, 1)) return 'The share of fast answers must be 0 to 1.'
  return null
}

/** What is wrong, in words, by the field it stands beside. */
export function planFaults(
  form: PlanForm,
  template: StudyTemplate | undefined,
): Readonly<Partial<Record<PlanField, string>>> {
  const found: Readonly<Record<PlanField, string | null>> = {
    name: form.name.trim() === '' ? 'Give the study a name; raters never see it.' : null,
    title:
      form.title.trim() === '' ? 'Raters need a title that says nothing of the systems.' : null,
    criteria: form.criteria.some(({ asked }) => asked) ? null : 'Ask at least one question.',
    systems: systemsFault(form, template),
    images: form.imageIds?.length === 0 ? 'Choose at least one image.' : null,
    raters: ratersFault(form),
    quality: qualityFault(form),
    exclusion: exclusionFault(form),
    seed: whole(form.seed, 0, 0xffffffff) ? null : 'The seed must be a whole number from 0 up.',
  }
  const faults: Partial<Record<PlanField, string>> = {}
  for (const [field, words] of Object.entries(found))
    if (words !== null) faults[field as PlanField] = words
  return faults
}

export function toRequest(form: PlanForm, dryRun: boolean): Input<'studies.plan'> {
  const { source, captions, imageIds, ratersPerItem, instructions } = form
  return {
    name: form.name.trim() || 'Study',
    title: form.title.trim(),
    template: form.templateId,
    criteria: form.criteria.flatMap(({ asked, criterion }) => (asked ? [criterion] : [])),
    reveal: form.reveal,
    ...(instructions.trim() !== '' && { instructions }),
    ...(source === 'cells'
      ? { systems: form.systems.map((one) => ({ ...one })) }
      : { imported: [...(captions?.rows ?? [])] }),
    ...(imageIds && { imageIds: [...imageIds] }),
    raters: form.raters.map((name) => name.trim()),
    ...(ratersPerItem !== null && { ratersPerItem }),
    seed: form.seed,
    repeatShare: form.repeatPercent / 100,
    anchors: form.anchors,
    quality: {
      wrongImage: form.wrongImage,
      plantedError: form.plantedError,
      duplicate: form.duplicate,
    },
    exclusion: form.exclusion,
    dryRun,
  }
}
