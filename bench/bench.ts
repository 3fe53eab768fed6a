/**
 * `npm run bench -- [XS] [S] [M] [store] [--rounds 5] [--tokens 33]`: our decoding against transformers.js and a naive
 * loop on the same random decoder, interleaved in one process; medians and ratios. Not a test: run it on
 * a quiet machine. `npm run bench -- study` times the report of a human evaluation instead,
 * `npm run bench -- lens` the token lens, and `npm run bench -- run` a whole run over drawings.
 */
import './large-pages.ts'
import { existsSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { emptyPast, runDecoder, type Decoder } from '../src/engine/generate/decoder.ts'
import { admit, groupsOf } from '../src/engine/generate/admit.ts'
import {
  addRow,
  appendRow,
  createCache,
  freeCache,
  reserve,
} from '../src/engine/generate/kv-cache.ts'
import { pastOf, type Prefix } from '../src/engine/generate/prefix.ts'
import { makeAltSlot } from '../src/engine/text/alt-slot.ts'
import { randomInt, seededRandom } from '../src/shared/random.ts'
import { openFloor } from './floor.ts'
import { embeddingTable, writeConcat, writeDelta } from './graphs.ts'
import { hostDelay } from './host-delay.ts'
import { openNaive, runNaive } from './naive.ts'
import { openOurs, prefixOf, ruleOf, runOurs } from './ours.ts'
import { goal, median, Rounds } from './report.ts'
import { benchStore } from './store.ts'
import { benchTogether } from './together.ts'
import { ALT_LENGTHS, SHAPES, VISUAL_TOKENS, weightBytes, type Shape } from './shapes.ts'
import { openTheirs, runTheirs, writeConfig } from './transformers-js.ts'

if (process.argv[2] === 'study') {
  await import('./study-report.ts')
  process.exit(0)
}

if (process.argv[2] === 'lens') {
  await import('./lens.ts')
  process.exit(0)
}

if (process.argv[2] === 'run') {
  await import('./run.ts')
  process.exit(0)
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    rounds: { type: 'string', default: '5' },
    tokens: { type: 'string', default: '33' },
    folder: { type: 'string', default: path.join(tmpdir(), 'realign-bench-3') },
    seconds: { type: 'string', default: '5' },
    captions: { type: 'string', default: '1000000' },
    'store-file': { type: 'string' },
  },
})
const rounds = Number(values.rounds)
const tokens = Number(values.tokens)
const print = (line: string): void => void process.stdout.write(`${line}\n`)

/** Writes the graphs of one shape once; half a gigabyte for M. Another folder where graphs.ts writes other graphs. */
async function prepare(shape: Shape): Promise<{ delta: string; theirs: string; concat: string }> {
  const folder = path.resolve(values.folder, shape.name)
  await writeConfig(shape, folder)
  const [delta, concat] = [path.join(folder, 'delta.onnx'), path.join(folder, 'onnx', 'model.onnx')]
  if (!existsSync(delta)) await writeDelta(shape, delta)
  if (!existsSync(concat)) await writeConcat(shape, concat)
  return { delta, theirs: folder, concat }
}

async function benchShape(shape: Shape): Promise<void> {
  print(
    `\n${shape.name}: ${shape.layers} layers x ${shape.hidden}, vocabulary ${shape.vocab}, ${(weightBytes(shape) / 1e6).toFixed(0)} MB fp32`,
  )
  const files = await prepare(shape)
  const [ours, naive, theirs] = [
    await openOurs(shape, files.delta),
    await openNaive(files.concat),
    await openTheirs(files.theirs),
  ]
  const random = seededRandom(1)
  const ids = (length: number) =>
    Array.from({ length }, () => 4 + randomInt(random, shape.vocab - 4))
  const visualIds = ids(VISUAL_TOKENS)
  const table = embeddingTable(shape)
  const visual = new Float32Array(VISUAL_TOKENS * shape.hidden)
  visualIds.forEach((id, at) =>
    visual.set(table.subarray(id * shape.hidden, (id + 1) * shape.hidden), at * shape.hidden),
  )
  const alts = ALT_LENGTHS.map(ids)
  const prompts = alts.map((alt) => [...visualIds, ...alt])
  const rule = ruleOf(shape, 'masked')

  const check = { tokens: Math.min(tokens, 16), greedy: true }
  const mine = await runOurs(ours, rule, { visual, prompts: alts, ...check })
  const alone = await Promise.all(
    alts.map(async (alt) => (await runOurs(ours, rule, { visual, prompts: [alt], ...check }))[0]),
  )
  const theirTokens = await runTheirs(theirs, prompts, check)
  print(
    `  greedy tokens: batched = one by one ${same(mine, alone)}, = transformers.js ${same(mine, theirTokens)}, = naive ${same(mine, await runNaive(naive, shape, { prompts, ...check }))}`,
  )

  const made = { tokens, greedy: false }
  const times = new Rounds(rounds)
  const designs = {
    'ours K=6': () => runOurs(ours, rule, { visual, prompts: alts, ...made }),
    'transformers.js K=6 batched': () => runTheirs(theirs, prompts, made),
    'transformers.js K=6 one by one': async () => {
      for (const prompt of prompts) await runTheirs(theirs, [prompt], made)
    },
    'naive K=6 one by one': () => runNaive(naive, shape, { prompts, ...made }),
    'ours K=1': () => runOurs(ours, rule, { visual, prompts: alts.slice(3, 4), ...made }),
    'transformers.js K=1': () => runTheirs(theirs, prompts.slice(3, 4), made),
  }
  await times.run(designs, { settled: true })
  times.print(print)
  const ratio = (a: string, b: string) => times.ratio(a, b)
  print(
    goal(
      'K=6 over transformers.js batched',
      ratio('transformers.js K=6 batched', 'ours K=6'),
      '>=',
      2,
    ),
  )
  print(
    goal(
      'K=6 over transformers.js one by one',
      ratio('transformers.js K=6 one by one', 'ours K=6'),
      '>=',
      4,
    ),
  )
  print(goal('K=6 over the naive loop', ratio('naive K=6 one by one', 'ours K=6'), '>=', 4.5))
  await benchStep(shape, ours, visual)
  await benchPrefix(shape, ours, { visual, alts: [0, 1, 3, 5, 10, 20].map(ids) })
  const lengths = Array.from({ length: 12 }, () => tokens + randomInt(random, tokens))
  const work = { visual, alts: [0, 3, 6].map(ids), lengths }
  await benchTogether(ours, ruleOf(shape, 'attended'), { work, rounds, print })
}

/** One decode step against the least time that reading weights and cache takes. */
async function benchStep(shape: Shape, decoder: Decoder, visual: Float32Array): Promise<void> {
  const rule = ruleOf(shape, 'masked')
  const prefix = await prefixOf(decoder, rule, visual)
  const floor = await openFloor(path.join(values.folder, 'floor.onnx'))
  const step = { ids: [[5]], counts: [1], past: pastOf(prefix) }
  const times = new Rounds(Math.max(rounds, 15))
  await times.run({ step: () => runDecoder(decoder, step), floor: () => floor.measure() })
  const bytes = weightBytes(shape) + prefix.bytes
  const floorMs = (Math.min(...times.of('floor')) * bytes) / floor.bytes
  print(
    `  one step K=1: ${median(times.of('step')).toFixed(2)} ms; reading ${(bytes / 1e6).toFixed(0)} MB at ${(floor.bytes / 1e6 / Math.min(...times.of('floor'))).toFixed(1)} GB/s takes ${floorMs.toFixed(2)} ms`,
  )
  print(
    goal('K=1 step, share of the bandwidth floor', floorMs / median(times.of('step')), '>=', 0.7),
  )
}

/** The paper's slot: six short prompts read into a cache as whole sequences, or behind one shared prefix. */
async function benchPrefix(
  shape: Shape,
  decoder: Decoder,
  { visual, alts }: { visual: Float32Array; alts: readonly (readonly number[])[] },
): Promise<void> {
  const rule = ruleOf(shape, 'attended')
  const length = VISUAL_TOKENS + rule.altSlot.length
  const rows = alts.map((alt) => [
    ...Array<number>(rule.altSlot.length - alt.length).fill(1),
    ...alt,
  ])
  const wide = new Float32Array(alts.length * visual.length)
  alts.forEach((_, at) => wide.set(visual, at * visual.length))
  const readBehind = async (prefix: Prefix, all: readonly (readonly number[])[]) => {
    const room = { rows: all.length, ahead: rule.maxNewTokens, wantAll: false }
    const cache = createCache(decoder.shape)
    const unread = all.map((alt) => ({ prefix, slot: makeAltSlot(alt, rule) }))
    for (const group of groupsOf(unread)) await admit(decoder, cache, room, group)
    freeCache(cache)
  }
  const read = async (all: readonly (readonly number[])[]) =>
    readBehind(await prefixOf(decoder, rule, visual), all)
  const seen = await prefixOf(decoder, rule, visual)
  const times = new Rounds(rounds)
  const readings = {
    'six whole sequences': async () => {
      const { fresh } = await runDecoder(decoder, {
        prefix: { data: wide, length: VISUAL_TOKENS },
        ids: rows,
        counts: rows.map(() => length),
        past: emptyPast(decoder.shape, rows.length),
      })
      const cache = createCache(decoder.shape)
      reserve(cache, rows.length, length + 1, rule.maxNewTokens)
      rows.forEach((_, from) => appendRow(cache, fresh, { from, to: addRow(cache), count: length }))
      freeCache(cache)
    },
    'shared prefix': () => read(alts),
    'first prompt of an image': () => read([alts[2] ?? []]),
    'another alt-text on it': () => readBehind(seen, [alts[2] ?? []]),
  }
  await times.run(readings, { settled: true })
  times.print(print)
  print(
    goal(
      'shared prefix over six whole sequences',
      times.ratio('six whole sequences', 'shared prefix'),
      '>=',
      2.5,
    ),
  )
  print(
    goal(
      'alt-text swap, share of the first prefill',
      times.ratio('another alt-text on it', 'first prompt of an image'),
      '<=',
      0.2,
    ),
  )
}

const same = (a: unknown, b: unknown): string =>
  JSON.stringify(a) === JSON.stringify(b) ? 'yes' : 'NO'

await mkdir(values.folder, { recursive: true })
if (positionals.includes('store'))
  await benchStore({ captions: Number(values.captions), kept: values['store-file'] }, print)
const shapes = positionals.filter((name) => name !== 'store')
if (shapes.length < positionals.length && shapes.length === 0) process.exit(0)
const wanted = shapes.length > 0 ? shapes : ['S', 'M']
for (const name of wanted) {
  const shape = SHAPES[name]
  if (!shape) throw new Error(`no shape ${name}; there are ${Object.keys(SHAPES).join(', ')}`)
  await benchShape(shape)
}
const bundle = existsSync(
  path.join(import.meta.dirname, '..', 'models', 'builtin', 'manifest.json'),
)
  ? 'builtin'
  : 'tiny'
const { p99, tokens: made } = await hostDelay(bundle, Number(values.seconds))
print(`\nhost while ${bundle} wrote ${made} tokens in its own process`)
print(goal('event-loop delay p99, ms', p99, '<=', 16))
process.exit(0) // the other runtime's threads need no goodbye
