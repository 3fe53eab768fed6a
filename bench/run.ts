/**
 * `npm run bench -- run [--bundle builtin] [--images 16] [--rounds 5]`: a whole run of drawings under three alt-texts, pictures
 * read, captions scored and kept, one image after another against several together; interleaved, medians and their ratio.
 */
import path from 'node:path'
import { parseArgs } from 'node:util'
import type { CaptionEngine, PictureReader } from '../src/core/ports.ts'
import { createForkedEngine } from '../src/engine/fork-engine.ts'
import type { Engine } from '../src/engine/engine.ts'
import { openWorkbench } from '../src/workbench.ts'
import { drawnPictures } from '../src/workbench/evaluation.ts'
import { goal, median } from './report.ts'

const { values } = parseArgs({
  allowPositionals: true,
  options: {
    bundle: { type: 'string', default: 'builtin' },
    images: { type: 'string', default: '16' },
    rounds: { type: 'string', default: '5' },
  },
})
const print = (line: string): void => void process.stdout.write(`${line}\n`)
const root = path.resolve(import.meta.dirname, '..')
const count = Number(values.images)
const CONDITIONS = [
  { altKind: 'empty', text: '' },
  { altKind: 'class-name', text: 'great gray owl' },
  { altKind: 'wrong', text: 'a teapot' },
] as const

/** Each way has an engine of its own: what one has seen, the other reads for itself. */
const openEngine = (): Engine =>
  createForkedEngine({
    worker: path.join(root, 'src', 'engine', 'worker.ts'),
    modelFolders: [path.join(root, 'models')],
  })

/** The same engine for one workbench after another; without `rowsTogether` a run asks one image after another. */
function lent(engine: Engine, together: boolean): CaptionEngine & PictureReader {
  const { rowsTogether, ...rest } = engine
  return { ...rest, ...(together && { rowsTogether }), close: async () => {} }
}

async function drain<R>(work: AsyncGenerator<unknown, R>): Promise<R> {
  let step = await work.next()
  while (!step.done) step = await work.next()
  return step.value
}

/** Seconds that the run takes; its pictures are new, so that they are read and encoded. */
async function secondsOf(
  engine: Engine,
  { together, greedy, seed }: { together: boolean; greedy: boolean; seed: string },
): Promise<number> {
  const drawn = await drawnPictures(engine, seed, count)
  const workbench = await openWorkbench({
    workspaceFile: ':memory:',
    engine: lent(engine, together),
    ...{ appVersion: 'bench', hostName: 'bench' },
  })
  const client = workbench.clientAs('owner')
  const sources = await Promise.all(
    drawn.map(async ({ bytes }, at) => ({
      ...{ kind: 'bytes' as const, name: `${at}.png` },
      bytes: new Uint8Array(await bytes()),
    })),
  )
  const { added } = await drain(client.run('images.import', { sources }))
  const request = { conditions: [...CONDITIONS], settings: { greedy }, captionerId: values.bundle }
  const start = performance.now()
  await drain(client.run('comparisons.run', { imageIds: added, ...request }))
  const seconds = (performance.now() - start) / 1000
  await workbench.close()
  return seconds
}

const ways = [false, true].map((together) => ({ together, engine: openEngine() }))
for (const greedy of [true, false]) {
  const times: number[][] = []
  for (let round = 0; round <= Number(values.rounds); round++) {
    const pair: number[] = []
    for (const { together, engine } of ways)
      pair.push(await secondsOf(engine, { together, greedy, seed: `bench ${greedy} ${round}` }))
    if (round > 0) times.push(pair) // the first one loads and warms up
  }
  const pace = (way: number): string =>
    (count / median(times.map((one) => one[way] ?? NaN))).toFixed(2)
  const ratio = median(times.map(([alone = NaN, together = NaN]) => alone / together))
  print(
    `${values.bundle}, ${count} images under three alt-texts, ${greedy ? 'greedy' : 'sampled'}: ${pace(0)} images/s one by one, ${pace(1)} together`,
  )
  print(goal('together over one by one', ratio, '>=', 1.2))
}
for (const { engine } of ways) await engine.close()
