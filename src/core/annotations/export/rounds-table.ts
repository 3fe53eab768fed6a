/** A row an image, its texts round by round, as in the paper's tables of annotated images (Table 14). */
import { csvLine } from '../../publish/csv.ts'
import { textCell, type DocColumn, type TableDoc } from '../../publish/table-doc.ts'
import type { AnnotationPlan } from '../annotation-store.ts'
import type { ImageRounds } from '../measured.ts'

export interface NamedRounds extends ImageRounds {
  readonly name: string
  readonly group: string | null
}

const FIRST: Readonly<Record<AnnotationPlan['start']['from'], string>> = {
  'alt-text': 'Alt-text (round 1)',
  captions: 'Caption (round 1)',
}

const numbered = (openRound: number): readonly number[] =>
  Array.from({ length: openRound }, (_, index) => index + 1)

const textOf = ({ rounds }: ImageRounds, wanted: number): string | null =>
  rounds.find(({ round }) => round === wanted)?.text ?? null

export function roundsDoc(
  { plan, openRound }: { readonly plan: AnnotationPlan; readonly openRound: number },
  images: readonly NamedRounds[],
): TableDoc {
  const withAlt = plan.start.from !== 'alt-text'
  const labels = [
    ...(withAlt ? ['Alt-text'] : []),
    ...numbered(openRound).map((n) => (n === 1 ? FIRST[plan.start.from] : `Round ${n}`)),
  ]
  const columns = labels.map((label): DocColumn => ({
    label,
    kind: 'text',
    share: 1 / labels.length,
  }))
  return {
    title: plan.name,
    columns,
    groups: images.map((image) => ({
      picture: { imageId: image.imageId, name: image.name },
      rows: [
        [
          ...(withAlt ? [textCell(image.altText)] : []),
          ...numbered(openRound).map((n) => textCell(textOf(image, n) ?? '–')),
        ],
      ],
    })),
    legend: [],
    notes: [
      'The newest text of every round; – where a round is not written yet.',
      `Images were dealt among ${plan.annotators.join(', ')} from seed ${plan.seed}.`,
    ],
    trace: [],
  }
}

export const roundsHeader = (openRound: number): string =>
  csvLine(
    [
      ...['image', 'image_sha256', 'alt_text'],
      ...numbered(openRound).flatMap((n) =>
        n === 1 ? ['round1'] : [`round${n}`, `annotator${n}`],
      ),
    ],
    'guarded',
  )

export function roundsLine(image: NamedRounds, openRound: number): string {
  const texts = numbered(openRound).flatMap((n) => {
    const found = image.rounds.find(({ round }) => round === n)
    const text = found?.text ?? null
    return n === 1 ? [text] : [text, found?.rewrite?.annotator ?? null]
  })
  return csvLine([image.name, image.imageId, image.altText, ...texts], 'guarded')
}

/** An item of the training data as Altogether-FT has it; `image_sha256` and a `round1` that is no alt-text are ours. */
export function altogetherItem(
  image: NamedRounds,
  plan: AnnotationPlan,
  openRound: number,
): string {
  const rounds = numbered(openRound)
    .slice(1)
    .map((n) => [`round${n}`, textOf(image, n)] as const)
  return JSON.stringify({
    url: null,
    img_path: image.name,
    alt: image.altText,
    source: image.group,
    ...(plan.start.from !== 'alt-text' && { round1: image.start }),
    ...Object.fromEntries(rounds),
    image_sha256: image.imageId,
  })
}
