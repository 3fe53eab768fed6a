/** The numbers of the dialog: how far each may go, and what is wrong with what is typed. */
import { formatCount } from '../format.ts'
import type { useExport } from './export-store.ts'

export type WholeField = 'sampleImages' | 'randomImages' | 'randomSeed'
type Chosen = Pick<ReturnType<typeof useExport.getState>, WholeField | 'what' | 'scope'>

interface Rule {
  readonly label: string
  /** In a sentence, where the field itself is out of sight. */
  readonly name: string
  readonly from: number
  readonly to: number
  /** What an empty field means; null: it must be filled in. */
  readonly empty: string | null
}

export const WHOLE_NUMBERS: Readonly<Record<WholeField, Rule>> = {
  sampleImages: {
    ...{ label: 'Sample', name: 'the sample', from: 1, to: 10_000_000 },
    empty: 'as many as all have',
  },
  randomImages: {
    ...{ label: 'Images', name: 'the number of images drawn', from: 1, to: 100_000, empty: 'all' },
  },
  randomSeed: { label: 'Seed', name: 'the seed', from: 0, to: 0xffffffff, empty: null },
}

/** null: an empty field; NaN: what is typed is no number. */
export function wholeFault(field: WholeField, value: number | null): string | null {
  const { from, to, empty } = WHOLE_NUMBERS[field]
  const right =
    value === null ? empty !== null : Number.isInteger(value) && value >= from && value <= to
  return right ? null : `A whole number from ${formatCount(from)} to ${formatCount(to)}`
}

/** Fields that what is chosen makes use of. */
const usedBy = ({ what, scope, randomImages }: Chosen): readonly WholeField[] => [
  ...(what === 'statistics' ? (['sampleImages'] as const) : []),
  ...(scope === 'image' ? [] : (['randomImages'] as const)),
  ...(scope === 'image' || randomImages === null ? [] : (['randomSeed'] as const)),
]

/** Why nothing can be exported: the first number that is wrong; null when all are right. */
export function numbersFault(chosen: Chosen): string | null {
  const wrong = usedBy(chosen).find((field) => wholeFault(field, chosen[field]) !== null)
  if (wrong === undefined) return null
  const fault = wholeFault(wrong, chosen[wrong]) ?? ''
  return `${WHOLE_NUMBERS[wrong].name} must be ${fault.replace(/^A/, 'a')}`
}
