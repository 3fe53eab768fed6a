/** Branches: a caption that leaves another one at a token, kept as a cell of its own and told apart everywhere. */
import path from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import type { Client, Input } from '../../src/shared/contract.ts'
import type { Cell } from '../../src/shared/types.ts'
import { openStore } from '../../src/store/open-store.ts'
import {
  addPictures,
  collect,
  comparing,
  openBench,
  temporaryFolder,
  type TestBench,
} from '../support/builders.ts'
import { FAKE_CAPTIONER } from '../support/fake-engine.ts'

interface Started extends TestBench {
  readonly image: string
  readonly parent: Cell
}

async function start(workspaceFile = ':memory:'): Promise<Started> {
  const bench = await openBench({ workspaceFile })
  const [image = ''] = await addPictures(bench.client, ['owl'])
  await collect(bench.client.run('comparisons.run', comparing([image], ['', 'a bird'])))
  const { cells } = await bench.client.call('cells.list', { imageId: image })
  return { ...bench, image, parent: cells[1]! }
}

const branch = (client: Client, input: Input<'cells.branch'>) =>
  collect(client.run('cells.branch', { score: false, ...input }))

const cellsOf = async (client: Client, imageId: string): Promise<readonly Cell[]> =>
  (await client.call('cells.list', { imageId })).cells

describe('a branch', () => {
  test('is a new cell that begins as it was told and says what it leaves', async () => {
    const { client, image, parent } = await start()
    const { events, output } = await branch(client, { cellId: parent.id, token: 3, tokenId: 77 })
    expect(output).toMatchObject({ status: 'done', cells: 1, reused: 0, failed: 0 })
    const [, , made] = await cellsOf(client, image)
    expect(made).toMatchObject({
      altKind: parent.altKind,
      altText: parent.altText,
      seed: parent.seed,
      provenance: {
        settings: parent.provenance.settings,
        branch: {
          of: parent.id,
          token: 3,
          forced: { id: 77, text: 't77' },
          instead: { text: expect.stringMatching(/^t\d+$/) },
        },
      },
    })
    expect(events.findLast((event) => event.kind === 'saved')).toMatchObject({ cell: made })
    const before = await client.call('cells.tokens', { cellId: parent.id })
    const after = await client.call('cells.tokens', { cellId: made?.id ?? '' })
    const ids = (tokens: typeof before.tokens) => tokens.slice(0, 3).map(({ id }) => id)
    expect(ids(after.tokens)).toEqual(ids(before.tokens))
    expect(after.tokens[3]?.id).toBe(77)
    const [kept] = (await cellsOf(client, image)).filter(({ id }) => id === parent.id)
    expect(kept).toEqual(parent)
  })

  test('is computed once, also after the file was closed, and replays', async () => {
    const file = path.join(temporaryFolder(), 'x.realign')
    const { client, parent, image, engine, workbench } = await start(file)
    const asked = { cellId: parent.id, token: 2, tokenId: 5 }
    await branch(client, asked)
    const captioned = engine.captioned()
    expect((await branch(client, asked)).output).toMatchObject({ cells: 1, reused: 1 })
    expect(engine.captioned()).toBe(captioned)
    await workbench.close()
    const next = await openBench({ workspaceFile: file })
    expect((await branch(next.client, asked)).output.reused).toBe(1)
    expect(next.engine.captioned()).toBe(0)
    const [, , made] = await cellsOf(next.client, image)
    const verdict = await collect(next.client.run('cells.replay', { cellId: made?.id ?? '' }))
    expect(verdict.output).toMatchObject({ identical: true, maxLogProbDiff: 0 })
  })

  test('can be left again', async () => {
    const { client, image, parent } = await start()
    await branch(client, { cellId: parent.id, token: 2, tokenId: 5 })
    const [, , first] = await cellsOf(client, image)
    await branch(client, { cellId: first?.id ?? '', token: 4, tokenId: 9 })
    const second = (await cellsOf(client, image))[3]
    expect(second?.provenance.branch).toMatchObject({ of: first?.id, token: 4 })
    const { tokens } = await client.call('cells.tokens', { cellId: second?.id ?? '' })
    expect([tokens[2]?.id, tokens[4]?.id]).toEqual([5, 9])
  })

  test('its numbers are checked as any: every row still matches its checksum', async () => {
    const file = path.join(temporaryFolder(), 'x.realign')
    const { client, parent, workbench, image } = await start(file)
    await branch(client, { cellId: parent.id, token: 1, tokenId: 5 })
    await workbench.close()
    const store = await openStore(file)
    onTestFinished(() => store.close())
    const walk = store.verify()
    let step = walk.next()
    while (!step.done) step = walk.next()
    expect(step.value).toEqual([])
    expect(store.captions.branchesOf(image).map(({ provenance }) => provenance.notes)).toEqual([[]])
  })

  test('stands in no table of free captions, and in exports where it is named', async () => {
    const { client, image, parent } = await start()
    await branch(client, { cellId: parent.id, token: 3, tokenId: 77 })
    const made = (await cellsOf(client, image))[2]!
    const rows = (selection: Input<'publish.rows'>['selection']) =>
      collect(client.run('publish.rows', { shape: 'long', selection }))
    const all = JSON.stringify(await rows({}))
    expect(all).not.toContain(made.id)
    const wide = await collect(
      client.run('publish.rows', { shape: 'wide', selection: { cellIds: [parent.id, made.id] } }),
    )
    expect(JSON.stringify(wide.events[0])).toContain('free_branch_caption')
    const means = await collect(
      client.run('publish.rows', { shape: 'means', selection: { cellIds: [parent.id, made.id] } }),
    )
    expect(means.output.rows).toBe(1)
    expect(JSON.stringify(means.events)).toMatch(/\["free","fake-captioner","[0-9a-f]{64}",1,1/)
    const named = JSON.stringify(await rows({ cellIds: [parent.id, made.id] }))
    expect(named).toContain(made.id)
    expect(named).toContain('branch_of')
    const { text } = await client.call('publish.document', {
      table: 'table3',
      format: 'md',
      selection: { cellIds: [parent.id, made.id] },
    })
    expect(text).toContain(`${made.id.slice(0, 8)} continues ${parent.id.slice(0, 8)} from token 3`)
    const traced = await client.call('publish.trace', { cells: [{ id: made.id }] })
    expect(traced.cells).toMatchObject([
      { status: 'equal', branch: { of: parent.id, token: 3, forced: 't77' } },
    ])
    const profile = await client.call('grounding.profile', {})
    expect(profile.cells).toBe(2)
    const { runs } = await client.call('runs.list', {})
    expect(runs.map(({ kind }) => kind)).toEqual(['branch', 'comparison'])
  })

  test.each([
    ['a token behind the end', { token: 4000, tokenId: 5 }, 'bad-input'],
    ['another cell', { cellId: 'nobody', token: 0, tokenId: 5 }, 'not-found'],
  ])('%s is refused, and no run is begun', async (_what, wrong, code) => {
    const { client, parent } = await start()
    await expect(branch(client, { cellId: parent.id, ...wrong })).rejects.toMatchObject({ code })
    expect((await client.call('runs.list', {})).runs).toHaveLength(1)
  })

  test('the token that stands there is refused with a next step', async () => {
    const { client, parent } = await start()
    const { tokens } = await client.call('cells.tokens', { cellId: parent.id })
    const same = branch(client, { cellId: parent.id, token: 2, tokenId: tokens[2]?.id ?? 0 })
    await expect(same).rejects.toMatchObject({ code: 'bad-input', hint: expect.any(String) })
  })

  test('cancelled: nothing half is kept, and the next one begins anew', async () => {
    const { client, image } = await start()
    await collect(client.run('comparisons.run', comparing([image], ['unlike'])))
    const [, , cell] = await cellsOf(client, image)
    const abort = new AbortController()
    const work = client.run(
      'cells.branch',
      { cellId: cell?.id ?? '', token: 1, tokenId: 5, score: false },
      { signal: abort.signal },
    )
    const wait = async () => {
      for await (const event of work) if (event.kind === 'token') abort.abort()
    }
    await expect(wait()).rejects.toMatchObject({ code: 'cancelled' })
    expect(await cellsOf(client, image)).toHaveLength(3)
    const { runs } = await client.call('runs.list', {})
    expect(runs[0]).toMatchObject({ kind: 'branch', status: 'cancelled' })
    const again = await branch(client, { cellId: cell?.id ?? '', token: 1, tokenId: 5 })
    expect(again.output).toMatchObject({ cells: 1, reused: 0 })
  })

  test('a captioner that has changed writes no branch', async () => {
    const file = path.join(temporaryFolder(), 'x.realign')
    const { parent, workbench } = await start(file)
    await workbench.close()
    const bundles = [{ ...FAKE_CAPTIONER, bundleSha256: 'f'.repeat(64) }]
    const next = await openBench({ workspaceFile: file, fake: { bundles } })
    const work = branch(next.client, { cellId: parent.id, token: 1, tokenId: 5 })
    await expect(work).rejects.toMatchObject({ code: 'model-mismatch' })
  })
})
