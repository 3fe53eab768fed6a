/** The grounding profile by counts: on random workspaces it is, byte for byte, the one computed cell by cell. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Deps } from '../../src/core/deps.ts'
import { groundingProfile, profileCells } from '../../src/core/grounding/profile.ts'
import type { Proposal } from '../../src/core/grounding/propose-marks.ts'
import type { Store } from '../../src/core/store-port.ts'
import { MARK_CLASSES } from '../../src/shared/contract/grounding.ts'
import { ALT_KINDS, DEFAULT_SETTINGS, type AltKind } from '../../src/shared/types.ts'
import { openStore } from '../../src/store/open-store.ts'
import { seededRandom, steppingClock } from '../support/builders.ts'
import { referenceCells, referenceProfile } from '../support/profile-reference.ts'
import { someCaption, someImage } from './rows.ts'

interface Made {
  readonly store: Store
  readonly deps: Deps
  readonly runIds: readonly string[]
}

const SETTINGS = [DEFAULT_SETTINGS, { ...DEFAULT_SETTINGS, greedy: true }]

/** Images with and without class, hidden ones, several captioners, seeds, sets of marks and decisions. */
async function randomStore(seed: number): Promise<Made> {
  const store = await openStore(':memory:')
  const random = seededRandom(seed)
  const below = (n: number) => Math.floor(random() * n)
  const pick = <T>(list: readonly T[]): T => list[below(list.length)]!
  const images = Array.from({ length: 14 }, (_, n) => n)
  for (const n of images)
    store.images.add({
      ...someImage(n),
      className: pick([null, 'owl', 'conch']),
      group: pick([null, 'birds', 'shells']),
      altTexts:
        random() < 0.4 ? [{ kind: 'class-name', text: pick(['owl', 'fish']), source: 'x' }] : [],
    })
  const runIds = ['a', 'b'].map((startedAt) =>
    store.runs.start({ request: {}, appVersion: '1', startedAt }),
  )
  const cells: { readonly id: string; readonly kind: AltKind }[] = []
  for (let made = 0; made < 160; made++) {
    const altText = pick(['', 'an owl', 'a conch', 'a bird and a dog'])
    const settings = pick(SETTINGS)
    const caption = someCaption({
      ...{ runId: pick(runIds), image: pick(images), altText, seed: below(3) },
      text: `A drawing of ${pick(['an owl', 'a conch', 'an owl and a dog'])}, ${below(3)}.`,
    })
    const captionerId = pick(['c', 'd'])
    const kind = pick(ALT_KINDS)
    const cell = store.captions.add({
      ...caption,
      altKind: kind,
      identity: {
        ...caption.identity,
        ...{ captionerId, settings },
        ...(random() < 0.1 && { prefix: [1, made] }),
      },
      provenance: { ...caption.provenance, captionerId, settings },
    })
    cells.push({ id: cell.id, kind })
    for (let sets = below(3); sets > 0; sets--)
      store.marks.addProposals({
        ...{ cellId: cell.id, matcher: `m${sets}`, contextSha256: 'x', createdAt: 'now' },
        proposals: Array.from({ length: below(4) }, (): Proposal => ({
          ...{ place: 'caption', start: below(4), end: 5 + below(4), text: 'x' },
          markClass: pick(MARK_CLASSES),
          explanation: { rule: 'r', matched: null, words: 'w' },
        })),
      })
    if (random() < 0.2)
      store.marks.addDecision({
        ...{ cellId: cell.id, decidedBy: 'p', decidedAt: 'now' },
        span: { place: 'caption', start: below(4), end: 5 + below(4) },
        decision: pick([...MARK_CLASSES, 'clear' as const]),
      })
  }
  for (const runId of runIds)
    for (let n = 0; n < 120; n++) {
      const { id, kind } = pick(cells)
      const altKind = random() < 0.8 ? kind : pick(ALT_KINDS)
      store.runs.addUse({
        runId,
        cellId: id,
        altKind,
        condition: n,
        sample: below(2),
        reused: true,
      })
    }
  store.images.hide([someImage(3).id, someImage(9).id])
  return { store, deps: { store, clock: steppingClock() } as unknown as Deps, runIds }
}

// Nothing below writes: one workspace a seed.
describe.each([1, 2, 3])('a random workspace, seed %i', (seed) => {
  let made: Made
  beforeAll(async () => {
    made = await randomStore(seed)
  })
  afterAll(() => made.store.close())

  test.each(['kind', 'captioner', 'class', 'group'] as const)('by %s', async (by) => {
    const { store, deps, runIds } = made
    for (const runId of [undefined, ...runIds]) {
      const options = { by, seed: 7, resamples: 200, runId }
      const counted = await groundingProfile(deps, options)
      expect(JSON.stringify(counted)).toBe(JSON.stringify(referenceProfile(store, options)))
      expect(counted.rows.length).toBeGreaterThan(1)
      expect(counted.unmarked).toBeGreaterThan(0)
    }
  })

  test('the cells behind a bar, in their order', async () => {
    const { store, deps, runIds } = made
    let behind = 0
    for (const runId of [undefined, ...runIds]) {
      const expected = referenceCells(store, runId)
      for (const value of ALT_KINDS)
        for (const showing of ['carry', 'reject', 'erroneous', 'follow'] as const) {
          const asked = { runId, by: 'kind' as const, value, showing, limit: 10_000 }
          const { cellIds } = profileCells(deps, asked)
          expect(cellIds).toEqual(expected(value, showing))
          behind += cellIds.length
        }
    }
    expect(behind).toBeGreaterThan(50)
  })

  test('a bar of one captioner opens its cells alone', async () => {
    const { store, deps } = made
    const options = { by: 'kind' as const, seed: 7, resamples: 50, runId: undefined }
    const { rows } = await groundingProfile(deps, options)
    expect(new Set(rows.map(({ captionerId }) => captionerId)).size).toBeGreaterThan(1)
    for (const { value, captionerId, carry } of rows) {
      const asked = { ...options, value, captionerId: captionerId ?? '', limit: 10_000 }
      const { cellIds } = profileCells(deps, { ...asked, showing: 'carry' })
      expect(cellIds).toHaveLength(Math.round((carry.value ?? 0) * carry.n))
      for (const id of cellIds) expect(store.captions.get(id)?.captionerId).toBe(captionerId)
    }
  })

  test('stability knows places of several seeds', async () => {
    const { deps } = made
    const options = { by: 'kind' as const, seed: 7, resamples: 100, runId: undefined }
    expect((await groundingProfile(deps, options)).stability.groups).toBeGreaterThan(3)
  })
})
