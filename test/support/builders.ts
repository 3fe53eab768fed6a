/** Small things that tests need in number: pictures, workspaces, and everything a task said. */
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { onTestFinished } from 'vitest'
import type { Clock } from '../../src/core/ports.ts'
import type { Client, Input } from '../../src/shared/contract.ts'
import { openWorkbench, type Workbench, type WorkbenchOptions } from '../../src/workbench.ts'
import { createFakeEngine, type FakeEngine, type FakeEngineOptions } from './fake-engine.ts'

/** Bytes that the fake picture reader takes for a picture; each name makes another one. */
export const fakePicture = (name: string): Uint8Array<ArrayBuffer> =>
  new TextEncoder().encode(`FAKE ${name}`)

/** In memory where the system has such a place: tests commit thousands of times. */
const SCRATCH = existsSync('/dev/shm') ? '/dev/shm' : tmpdir()

/** A folder that is gone after the test. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(path.join(SCRATCH, 'realign-test-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** Starts at a fixed day and moves one second with every look. */
export function steppingClock(): Clock {
  let looks = 0
  return {
    now: () => new Date(Date.UTC(2026, 0, 1) + 1000 * looks++),
    elapsedMs: () => 1000 * looks++,
  }
}

/** mulberry32: small, seeded, good enough to shuffle tests with. */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

export interface TestBench {
  readonly workbench: Workbench
  readonly engine: FakeEngine
  readonly client: Client
}

/** A workbench on the fake engine, in memory unless a file is named; closed after the test. */
export async function openBench(
  options: Partial<WorkbenchOptions> & { readonly fake?: FakeEngineOptions } = {},
): Promise<TestBench> {
  const { fake, ...rest } = options
  const engine = createFakeEngine(fake)
  const workbench = await openWorkbench({
    workspaceFile: ':memory:',
    engine,
    appVersion: '0.0.0-test',
    hostName: 'test',
    clock: steppingClock(),
    ...rest,
  })
  onTestFinished(() => workbench.close())
  return { workbench, engine, client: workbench.clientAs('owner') }
}

/** Imports fake pictures and answers with their ids, in order. */
export async function addPictures(client: Client, names: readonly string[]): Promise<string[]> {
  const sources = names.map((name) => ({ kind: 'bytes' as const, name, bytes: fakePicture(name) }))
  const { output } = await collect(client.run('images.import', { sources }))
  return output.added
}

/** Runs a task to its end: everything it said, and what it answered. */
export async function collect<E, R>(
  work: AsyncGenerator<E, R>,
): Promise<{ events: readonly E[]; output: R }> {
  const events: E[] = []
  let step = await work.next()
  for (; !step.done; step = await work.next()) events.push(step.value)
  return { events, output: step.value }
}

type Comparison = Input<'comparisons.run'>

/** The request that most tests make: these alt-texts as free text, no scores unless asked. */
export const comparing = (
  imageIds: readonly string[],
  texts: readonly string[],
  more: Partial<Comparison> = {},
): Comparison => ({
  imageIds: [...imageIds],
  conditions: texts.map((text) => ({ altKind: text === '' ? 'empty' : 'free', text })),
  score: false,
  ...more,
})
