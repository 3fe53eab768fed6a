/** One flipped bit anywhere in the file: refused, reported, or without any effect; never a changed caption in silence. */
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import type { Store } from '../../src/core/store-port.ts'
import { RealignError } from '../../src/shared/errors.ts'
import type { Cell } from '../../src/shared/types.ts'
import { openStore } from '../../src/store/open-store.ts'
import { seededRandom, temporaryFolder } from '../support/builders.ts'
import { someCaption, someImage, someScore } from './rows.ts'

const FLIPS = 120
const IMAGES = 6

async function writeWorkspace(file: string): Promise<void> {
  const store = await openStore(file)
  const runId = store.runs.start({ request: {}, appVersion: '1', startedAt: 'now' })
  for (let image = 0; image < IMAGES; image++) {
    store.images.add(someImage(image))
    for (let seed = 0; seed < 5; seed++) {
      const cell = store.captions.add(someCaption({ runId, image, seed, altText: `bird ${image}` }))
      store.captions.addScore(cell.id, someScore(), 'now')
    }
  }
  store.runs.end(runId, 'done', 'now')
  store.close()
}

const allCells = (store: Store): readonly Cell[] =>
  Array.from({ length: IMAGES }, (_, n) => store.captions.ofImage(someImage(n).id)).flat()

function finish<R>(work: Generator<unknown, R>): R {
  let step = work.next()
  while (!step.done) step = work.next()
  return step.value
}

/** What a person would learn of the damage, or null when nothing they can read has changed. */
async function look(file: string, original: readonly Cell[]): Promise<'told' | 'same' | 'silent'> {
  let store: Store
  try {
    store = await openStore(file)
  } catch (error) {
    if (error instanceof RealignError && error.code !== 'bug') return 'told'
    throw error
  }
  try {
    if (store.warnings.length > 0 || finish(store.verify()).length > 0) return 'told'
    const cells = allCells(store)
    return JSON.stringify(cells) === JSON.stringify(original) ? 'same' : 'silent'
  } catch (error) {
    if (error instanceof RealignError && error.code === 'store-corrupt') return 'told'
    throw error
  } finally {
    store.close()
  }
}

test(`${FLIPS} single-bit flips: no caption or score changes in silence`, async () => {
  const folder = temporaryFolder()
  const clean = path.join(folder, 'clean.realign')
  await writeWorkspace(clean)
  const store = await openStore(clean)
  const original = allCells(store)
  expect(finish(store.verify())).toEqual([])
  store.close()
  expect(original).toHaveLength(IMAGES * 5)

  const bytes = readFileSync(clean)
  const random = seededRandom(20261121)
  const counts = { told: 0, same: 0, silent: 0 }
  for (let trial = 0; trial < FLIPS; trial++) {
    const at = Math.floor(random() * bytes.length)
    const bit = 1 << Math.floor(random() * 8)
    const file = path.join(folder, `flip-${trial}.realign`)
    copyFileSync(clean, file)
    const flipped = Buffer.from(bytes)
    flipped[at] = (flipped[at] ?? 0) ^ bit
    writeFileSync(file, flipped)
    const outcome = await look(file, original)
    expect(outcome, `byte ${at}, bit ${bit}`).not.toBe('silent')
    counts[outcome]++
  }
  expect(counts.silent).toBe(0)
  expect(counts.told).toBeGreaterThan(20)
})

test.each(['number 3.', 'bird 4', '"deviceReason":"test"', '"clipS":0.78'])(
  'a flipped bit in %j is told wherever it is read from',
  async (words) => {
    const folder = temporaryFolder()
    const clean = path.join(folder, 'clean.realign')
    await writeWorkspace(clean)
    const store = await openStore(clean)
    const original = allCells(store)
    store.close()
    const bytes = readFileSync(clean)
    const outcomes: string[] = []
    // Pages keep stale copies of moved rows: a flip there changes nothing that anyone reads.
    for (let at = bytes.indexOf(words); at >= 0; at = bytes.indexOf(words, at + 1)) {
      const file = path.join(folder, `${at}.realign`)
      const flipped = Buffer.from(bytes)
      flipped[at + 2] = (flipped[at + 2] ?? 0) ^ 1
      writeFileSync(file, flipped)
      outcomes.push(await look(file, original))
    }
    expect(outcomes).toContain('told')
    expect(outcomes).not.toContain('silent')
  },
)
