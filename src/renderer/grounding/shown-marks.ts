/** From the marks of cells to what stands on the page: folds of equal captions, sources in the alt-text, counts. */
import type { Mark, MarkClass } from '../../shared/contract/grounding.ts'
import { sameStretch } from './code-points.ts'

/** Classes beside the paper's three: drawn lower and in grey. */
export const isQuiet = ({ markClass }: Pick<Mark, 'markClass'>): boolean =>
  markClass === 'corrected' || markClass === 'added' || markClass === 'cannot-verify'

export const stands = ({ status }: Pick<Mark, 'status'>): boolean => status !== 'overruled'

const keyOf = ({ place, start, end, markClass }: Mark): string =>
  `${place} ${start} ${end} ${markClass}`

/**
 * Marks of equal captions under one alt-text, which show as one: of the same span and class, the one that a
 * person decided last counts.
 */
export function mergeSamples(samples: readonly (readonly Mark[])[]): readonly Mark[] {
  const merged = new Map<string, Mark>()
  for (const mark of samples.flat()) {
    const known = merged.get(keyOf(mark))
    if (!known || (mark.decidedAt ?? '') > (known.decidedAt ?? '')) merged.set(keyOf(mark), mark)
  }
  return [...merged.values()].sort(
    (a, b) => a.place.localeCompare(b.place) || a.start - b.start || a.end - b.end,
  )
}

/**
 * What is drawn over a text. A mark that was overruled is drawn only where nothing else stands on its words:
 * elsewhere the person's own word has taken its place. Words that are wrong are not drawn as corrected too.
 */
export function drawn(marks: readonly Mark[], place: Mark['place']): readonly Mark[] {
  const here = marks.filter((mark) => mark.place === place)
  const standing = here.filter(stands)
  return here.filter((mark) => {
    const same = standing.filter((other) => sameStretch(other, mark))
    if (!stands(mark)) return same.length === 0
    const wrong = same.some(({ markClass }) => markClass === 'erroneous')
    return !(wrong && mark.markClass === 'corrected' && mark.status === 'proposed')
  })
}

/** Words of the alt-text that the caption carries, as marks of their own: where they came from. */
export function sourcesOf(marks: readonly Mark[]): readonly Mark[] {
  const sources = new Map<string, Mark>()
  for (const mark of marks) {
    const from = mark.explanation?.matched
    if (mark.markClass !== 'carried' || !stands(mark) || from?.in !== 'alt-text') continue
    if (from.start === null || from.end === null) continue
    const key = `${from.start} ${from.end}`
    if (sources.get(key)?.status === 'confirmed') continue
    const { start, end, text } = { ...from, start: from.start, end: from.end }
    sources.set(key, { ...mark, place: 'alt-text', start, end, text })
  }
  return [...sources.values()]
}

export interface Tally {
  /** Concepts of the alt-text that the caption says. */
  readonly carried: number
  /** Carried and rejected ones together. */
  readonly concepts: number
  readonly rejected: readonly string[]
  readonly counts: Readonly<Record<MarkClass, number>>
  readonly toConfirm: number
  readonly decided: number
}

export function tallyOf(marks: readonly Mark[]): Tally {
  const standing = marks.filter(stands)
  const of = (markClass: MarkClass) => standing.filter((mark) => mark.markClass === markClass)
  const sources = sourcesOf(of('carried'))
  const without = of('carried').filter(({ explanation }) => explanation?.matched == null)
  const rejected = of('rejected')
  const carried = sources.length + without.length
  return {
    carried,
    concepts: carried + rejected.length,
    rejected: rejected.map(({ text }) => text),
    counts: {
      carried: of('carried').length,
      erroneous: of('erroneous').length,
      rejected: rejected.length,
      corrected: of('corrected').length,
      added: of('added').length,
      'cannot-verify': of('cannot-verify').length,
    },
    toConfirm: standing.filter(({ status }) => status === 'proposed').length,
    decided: standing.filter(({ status }) => status === 'confirmed').length,
  }
}
