/** What the report says of a rater's pace: against the rater's own, and against what can be read. */
import { expect, test } from 'vitest'
import { reportTables } from '../../../src/core/studies/export/report-tables.ts'
import { FASTER_THAN_READING } from '../../../src/core/studies/report/raters-section.ts'
import type { ExclusionRules } from '../../../src/shared/study-types.ts'
import { confirm, handStudy, question, reportOf } from './report-builders.ts'

const SYSTEMS = ['A', 'B', 'C']
/** "caption i0000 by A" has four words, three of them twelve: a second and a fifth at ten words a second. */
const TOO_SHORT = 500

/** Every item by two questions; the milliseconds of each answer are the test's. */
function paced(
  msOf: (rater: number, item: number, question: number) => number,
  action: ExclusionRules['action'] = 'advice',
) {
  const criteria = [question('p'), question('q')]
  const made = handStudy({ images: 12, raters: 3, systems: SYSTEMS, criteria, seed: 5 })
  const exclusion = { ...made.protocol.exclusion, action }
  const study = { ...made, protocol: { ...made.protocol, exclusion } }
  const events = study.plan.assignments.flatMap((one) =>
    criteria.map(({ id }, at) => {
      const item = Number(one.itemId.slice(1))
      const timing = {
        firstKeyMs: null,
        activeMs: msOf(one.rater, item, at),
        idleMs: 0,
        hiddenMs: 0,
        zoomed: false,
        scrolled: false,
      }
      const answer = { format: 'best' as const, slots: [1 + (item % 3)] }
      return confirm(one.id, id, answer, { payload: { answer, timing } })
    }),
  )
  return { study, events, report: reportOf(study, events, 100) }
}

test('a rater who is hasty throughout is flagged by what can be read, though no answer stands out', () => {
  const { report } = paced((rater) => (rater === 0 ? TOO_SHORT : 6000))
  expect(
    report.raters.map(({ hasty, tooFastShare }) => [hasty.items, hasty.n, tooFastShare]),
  ).toEqual([
    [12, 12, 0],
    [0, 12, 0],
    [0, 12, 0],
  ])
  expect(report.raters.map(({ flags }) => flags)).toEqual([[FASTER_THAN_READING], [], []])
  expect(report.withoutFlagged).not.toBeNull()
  const table = reportTables(report).find(({ name }) => name === 'raters')
  const at = table?.columns.indexOf('hasty_items') ?? -1
  expect(table?.rows.map((row) => [row[at], row.at(-1)])).toEqual([
    [12, FASTER_THAN_READING],
    [0, ''],
    [0, ''],
  ])
  expect(report.methods).toContain('faster than their captions can be read')
})

test('who reads once and answers the next question at once is not hasty', () => {
  const { report } = paced((_rater, _item, at) => (at === 0 ? 1000 : 400))
  expect(report.raters.flatMap(({ flags }) => flags)).toEqual([])
})

test('items that cannot tell are left out: a question without an answer, an answer given again', () => {
  const { study, events } = paced(() => TOO_SHORT)
  const [first, second] = events
  const again = { ...second!, id: crypto.randomUUID(), seq: 2 }
  const undo = { ...second!, id: crypto.randomUUID(), kind: 'undo' as const, seq: 1 }
  const changed = [...events, { ...undo, payload: { target: second!.id } }, again]
  expect(reportOf(study, changed, 100).raters[0]?.hasty).toEqual({ items: 11, n: 11 })
  const fewer = events.filter((one) => one !== first)
  expect(reportOf(study, fewer, 100).raters[0]?.hasty).toEqual({ items: 11, n: 11 })
})

test('nobody is excluded for it, whatever the rules do with those whom they flag', () => {
  const { report } = paced((rater) => (rater === 0 ? TOO_SHORT : 6000), 'exclude')
  expect(report.excludedRaters).toEqual([])
  const slow = paced((_rater, item) => (item % 3 === 0 ? TOO_SHORT : 6000), 'exclude').report
  expect(slow.excludedRaters).toEqual([0, 1, 2])
})
