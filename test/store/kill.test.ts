/** kill -9 in the middle of captioning, a hundred times: every caption that was shown is there afterwards. */
import path from 'node:path'
import { expect, test } from 'vitest'
import type { Store } from '../../src/core/store-port.ts'
import { openStore } from '../../src/store/open-store.ts'
import { seededRandom, temporaryFolder } from '../support/builders.ts'
import { bundleChild, killAfter, startChild } from '../support/kill.ts'

const TRIALS = 100
const FILES = 5
const firstPage = { after: null, limit: 100, search: '', group: null, sort: 'added' } as const

function verified(store: Store): readonly unknown[] {
  const check = store.verify()
  let step = check.next()
  while (!step.done) step = check.next()
  return step.value
}

test(`${TRIALS} kills: no acknowledged caption is lost, none is half there`, async () => {
  const seed = 99
  const random = seededRandom(seed)
  const folder = temporaryFolder()
  const acknowledged = new Map<string, Set<string>>()
  // Two are always warming up, so that starting Node is not what the test waits for.
  const script = await bundleChild(folder, 'test/support/kill-child.ts')
  const ready = [startChild(script), startChild(script)]
  for (let trial = 0; trial < TRIALS; trial++) {
    const file = path.join(folder, `${trial % FILES}.realign`)
    const child = ready.shift()!
    if (trial + 2 < TRIALS) ready.push(startChild(script))
    const said = await killAfter(child, file, 1 + Math.floor(random() * 25))
    const all = acknowledged.get(file) ?? new Set()
    for (const id of said) all.add(id)
    acknowledged.set(file, all)

    const store = await openStore(file)
    const lost = [...all].filter((id) => store.captions.get(id) === undefined)
    expect(lost, `trial ${trial} of seed ${seed}`).toEqual([])
    expect(verified(store)).toEqual([])
    expect(store.warnings).toEqual([])
    const { images } = { images: store.images.page(firstPage).rows }
    const cells = images.flatMap(({ id }) => store.captions.ofImage(id))
    expect(cells).toHaveLength(store.counts().cells)
    expect(cells.length).toBeGreaterThanOrEqual(all.size)
    expect(images.reduce((sum, image) => sum + image.captions, 0)).toBe(cells.length)
    store.close()
  }
  const total = [...acknowledged.values()].reduce((sum, { size }) => sum + size, 0)
  expect(total).toBeGreaterThanOrEqual(TRIALS)
}, 600_000)
