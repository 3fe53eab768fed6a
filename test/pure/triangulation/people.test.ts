/** What raters said of each caption: shares of comparisons, from whole rankings and from answers that leave pairs open. */
import { expect, test } from 'vitest'
import { cardWins } from '../../../src/core/studies/report/card-wins.ts'
import { collectVotes, placesByCard } from '../../../src/core/studies/report/votes.ts'
import { TEMPLATES } from '../../../src/core/studies/templates.ts'
import type { Criterion } from '../../../src/shared/study-types.ts'
import { simulateStudy, type Truth } from '../../support/simulated-study.ts'

const ranking = TEMPLATES.flatMap(({ criteria }) => criteria).find(
  (one) => one.format === 'ranking',
)
if (!ranking) throw new Error('no template asks for a ranking')
const asked = (format: Criterion['format']): Criterion => ({ ...ranking, format })

const truth = (format: Criterion['format'], more: Partial<Truth> = {}): Truth => ({
  ...{ images: 12, raters: 4, perItem: 3, criteria: [asked(format)], seed: 5, tie: 0.3 },
  strengths: [1, 0.5, 0, -1],
  ...more,
})

test('of whole rankings a share is (k - mean place) / (k - 1), ties and all', () => {
  const { study, events } = simulateStudy(truth('ranking', { repeatShare: 0.2 }))
  const wins = cardWins({ study, events, log: [] })
  const [votes] = collectVotes(study, events)
  const places = new Map<string, number[]>()
  for (const vote of votes?.main ?? [])
    placesByCard(vote)?.forEach((place, card) => {
      const key = `${vote.item.imageId} ${vote.item.cards[card]?.text}`
      places.set(key, [...(places.get(key) ?? []), place])
    })
  expect(wins.length).toBe(12 * 4)
  for (const { imageId, text, won, of } of wins) {
    const all = places.get(`${imageId} ${text}`) ?? []
    expect(all.length).toBe(3)
    expect(won / of).toBeCloseTo((4 - all.reduce((a, b) => a + b) / all.length) / 3, 12)
  }
})

test('of the best alone, the best was compared with the others and they with it alone', () => {
  const one = truth('best', { images: 1, raters: 1, perItem: 1, tie: 0 })
  const { study, events } = simulateStudy(one)
  const wins = cardWins({ study, events, log: [] })
  expect(wins.map(({ won, of }) => `${won} of ${of}`).sort()).toEqual([
    ...['0 of 1', '0 of 1', '0 of 1', '3 of 3'],
  ])
})

test('raters who withdrew, and those whom the study’s rules exclude, count no more', () => {
  const more = {
    random: [0],
    images: 60,
    quality: { wrongImage: 6, plantedError: 6, duplicate: 0 },
  }
  const { study, events } = simulateStudy(truth('ranking', { ...more, tie: 0, repeatShare: 0.3 }))
  const compared = (over: typeof study, log: Parameters<typeof cardWins>[0]['log'] = []) =>
    cardWins({ study: over, events, log }).reduce((sum, { of }) => sum + of, 0)
  const all = compared(study)
  const withdrawn = compared(study, [{ kind: 'withdraw', rater: 1, at: '' }])
  expect(withdrawn).toBeLessThan(all)
  const { protocol } = study
  const strict = { ...protocol, exclusion: { ...protocol.exclusion, action: 'exclude' as const } }
  expect(compared({ ...study, protocol: strict })).toBeLessThan(all)
})
