/** Marks and lens on a real store: both voices kept apart, nothing overwritten, readings made once. */
import path from 'node:path'
import Sqlite from 'better-sqlite3'
import { describe, expect, test } from 'vitest'
import { addPictures, collect, comparing, openBench, temporaryFolder } from '../support/builders.ts'
import { wilson } from '../../src/core/studies/statistics/shares.ts'
import type { TestBench } from '../support/builders.ts'

async function captioned({ client }: TestBench, texts: readonly string[], more = {}) {
  const [imageId = ''] = await addPictures(client, ['owl'])
  await collect(client.run('comparisons.run', comparing([imageId], texts, more)))
  const { cells } = await client.call('cells.list', { imageId })
  return { imageId, cells }
}

describe('marks', () => {
  test('are proposed once, with what matched what', async () => {
    const bench = await openBench()
    const { imageId, cells } = await captioned(bench, ['', 'Barn Owl'])
    const first = await collect(bench.client.run('marks.propose', { imageIds: [imageId] }))
    expect(first.output).toMatchObject({ cells: 2, proposed: 2 })
    expect(first.events.at(-1)).toMatchObject({ done: 2, total: 2, fraction: 1 })
    const second = await collect(bench.client.run('marks.propose', { imageIds: [imageId] }))
    expect(second.output).toMatchObject({ cells: 2, proposed: 0, marks: 0 })
    const owl = cells.find((cell) => cell.altText === 'Barn Owl')
    const { cells: listed } = await bench.client.call('marks.list', { cellIds: [owl?.id ?? ''] })
    const carried = listed[0]?.marks.filter((mark) => mark.markClass === 'carried')
    expect(carried).toMatchObject([
      {
        text: 'Barn Owl',
        status: 'proposed',
        origin: 'machine',
        explanation: { rule: 'same-words', matched: { in: 'alt-text', text: 'Barn Owl' } },
      },
    ])
  })

  test('a person confirms, overrules, clears and adds; the machine’s word stays visible', async () => {
    const folder = temporaryFolder()
    const workspaceFile = path.join(folder, 'x.realign')
    const bench = await openBench({ workspaceFile })
    const { imageId, cells } = await captioned(bench, ['', 'Barn Owl'])
    await collect(bench.client.run('marks.propose', { imageIds: [imageId] }))
    const cell = cells.find((one) => one.altText === 'Barn Owl')!
    const start = Array.from(cell.caption.slice(0, cell.caption.indexOf('Barn'))).length
    const span = { place: 'caption' as const, start, end: start + 8 }
    const decide = async (decision: 'carried' | 'erroneous' | 'clear', where = span) =>
      (
        await bench.client.call('marks.decide', { cellId: cell.id, span: where, decision, by: 'A' })
      ).marks.map(({ markClass, status, origin, decidedBy }) =>
        [markClass, status, origin, decidedBy].join(' '),
      )
    expect(await decide('carried')).toContain('carried confirmed machine A')
    const overruled = await decide('erroneous')
    expect(overruled).toContain('carried overruled machine A')
    expect(overruled).toContain('erroneous confirmed person A')
    const cleared = await decide('clear')
    expect(cleared).toContain('carried overruled machine A')
    expect(cleared).not.toContain('erroneous confirmed person A')
    const other = await decide('erroneous', { ...span, end: start + 4 })
    expect(other).toContain('erroneous confirmed person A')
    expect(other).toContain('carried overruled machine A')
    const before = await bench.client.call('marks.list', { cellIds: [cell.id] })
    await bench.workbench.close()
    const next = await openBench({ workspaceFile })
    expect(await next.client.call('marks.list', { cellIds: [cell.id] })).toEqual(before)
  })

  test('decisions are append-only, and a flipped row is left out and said', async () => {
    const folder = temporaryFolder()
    const workspaceFile = path.join(folder, 'x.realign')
    const bench = await openBench({ workspaceFile })
    const { cells } = await captioned(bench, ['', 'Barn Owl'])
    const cell = cells.at(-1)!
    const span = { place: 'caption' as const, start: 0, end: 3 }
    await bench.client.call('marks.decide', { cellId: cell.id, span, decision: 'erroneous' })
    await bench.workbench.close()
    const raw = new Sqlite(workspaceFile)
    expect(() => raw.exec(`UPDATE mark_decisions SET decision = 'clear'`)).toThrow('append-only')
    expect(() => raw.exec(`DELETE FROM mark_decisions`)).toThrow('append-only')
    raw.exec(
      `DROP TRIGGER mark_decisions_no_update; UPDATE mark_decisions SET decision = 'carried'`,
    )
    raw.close()
    const next = await openBench({ workspaceFile })
    const listed = await next.client.call('marks.list', { cellIds: [cell.id] })
    expect(listed.cells[0]).toMatchObject({ damaged: true, marks: [] })
  })

  test.each([
    ['a span beyond the text', { place: 'caption', start: 0, end: 100_000 }, 'carried'],
    ['an empty span', { place: 'caption', start: 3, end: 3 }, 'carried'],
    ['rejected words of a caption', { place: 'caption', start: 0, end: 1 }, 'rejected'],
    ['carried words of an alt-text', { place: 'alt-text', start: 0, end: 1 }, 'carried'],
  ] as const)('%s is refused', async (_what, span, decision) => {
    const bench = await openBench()
    const { cells } = await captioned(bench, ['Barn Owl'])
    await expect(
      bench.client.call('marks.decide', { cellId: cells[0]!.id, span, decision }),
    ).rejects.toMatchObject({ code: 'bad-input' })
  })
})

describe('the lens', () => {
  test('compares own, empty and mean contexts, sums up, and is computed once', async () => {
    const bench = await openBench()
    const { cells } = await captioned(bench, ['', 'Barn Owl', 'a teapot'])
    const cell = cells[1]!
    const { output } = await collect(bench.client.run('lens.compute', { cellId: cell.id }))
    const contexts = new Map(output.contexts.map((one) => [one.key, one]))
    expect(output.contexts.map(({ altText, image }) => [altText, image])).toEqual([
      ['Barn Owl', 'own'],
      ['Barn Owl', 'mean'],
      ['', 'own'],
      ['a teapot', 'own'],
    ])
    const [own, empty, mean] = [output.own, output.empty, output.mean].map((key) =>
      contexts.get(key)!,
    )
    output.tokens.forEach((token, i) => {
      expect(token.logProb).toBeCloseTo(own!.logProbs[i]!, 10)
      expect(token.altLift).toBeCloseTo(own!.logProbs[i]! - empty!.logProbs[i]!, 10)
      expect(token.imageLift).toBeCloseTo(own!.logProbs[i]! - mean!.logProbs[i]!, 10)
    })
    expect(output.whole.logProb).toBeCloseTo(own!.sum, 10)
    const ofWords = output.words.reduce((sum, word) => sum + word.logProb, 0)
    expect(ofWords).toBeCloseTo(output.whole.logProb, 6)
    const { events } = await collect(bench.client.run('lens.compute', { cellId: cell.id }))
    expect(events).toEqual([]) // kept: nothing is loaded again
  })

  test('leaving out alt-text words gives one row of effects a word, and captions when asked', async () => {
    const bench = await openBench()
    const { cells } = await captioned(bench, ['great gray owl'])
    const cellId = cells[0]!.id
    const { output } = await collect(
      bench.client.run('lens.occludeWords', { cellId, recaption: true }),
    )
    expect(output.altWords.map(({ text }) => text)).toEqual(['great', 'gray', 'owl'])
    expect(output.altWords.map(({ effects }) => effects.length)).toEqual(
      Array(3).fill(output.words.length),
    )
    expect(output.altWords[2]?.recaption?.caption).toContain('great gray in')
    expect(output.altWords[2]?.recaption?.changedWords.length).toBeGreaterThan(0)
    for (const { altWord, word, effect } of output.arcs)
      expect(output.altWords[altWord]?.effects[word]).toBe(effect)
  })

  test('patches give a map for every word', async () => {
    const bench = await openBench()
    const { cells } = await captioned(bench, ['owl'])
    const { output } = await collect(
      bench.client.run('lens.occludeImage', { cellId: cells[0]!.id, grid: 8 }),
    )
    expect(output.whole).toHaveLength(64)
    expect(output.maps).toHaveLength(output.words.length)
    expect(output.maps.every((map) => map.length === 64)).toBe(true)
    expect(new Set(output.maps[0]).size).toBeGreaterThan(1)
  })
})

describe('the profile', () => {
  test('gives rates with n and intervals, and the cells behind them', async () => {
    const bench = await openBench()
    const images = await addPictures(bench.client, ['a', 'b', 'c'])
    const conditions = [
      { altKind: 'empty' as const, text: '' },
      { altKind: 'far' as const, text: 'a teapot' },
    ]
    const { output: run } = await collect(
      bench.client.run('comparisons.run', {
        imageIds: images,
        conditions,
        samples: 2,
        score: false,
      }),
    )
    const { runId } = run
    const before = await bench.client.call('grounding.profile', { runId })
    expect(before).toMatchObject({ cells: 12, unmarked: 12, rows: [] })
    await collect(bench.client.run('marks.propose', { imageIds: images }))
    const { rows, stability } = await bench.client.call('grounding.profile', { runId })
    const far = rows.find((row) => row.value === 'far')
    expect(far).toMatchObject({ wrongness: 4, cells: 6, carry: { value: 1, n: 6, images: 3 } })
    // Three images of three are not certain.
    expect(far?.follow).toMatchObject({ value: 1, ...wilson(3, 3) })
    expect(far?.follow.low).toBeCloseTo(0.4385, 4)
    expect(stability).toMatchObject({ groups: 6 })
    const { cellIds } = await bench.client.call('grounding.cells', {
      runId,
      by: 'kind',
      value: 'far',
      showing: 'follow',
    })
    expect(cellIds).toHaveLength(6)
  })
})
