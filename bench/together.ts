/** A run of many images under three alt-texts on a benchmark shape: one image after another against several together. */
import { createLoop, type Loop } from '../src/engine/generate/loop.ts'
import { computePrefix } from '../src/engine/generate/prefix.ts'
import type { Decoder } from '../src/engine/generate/decoder.ts'
import { rowsTogether } from '../src/engine/generate/batch.ts'
import { makeAltSlot } from '../src/engine/text/alt-slot.ts'
import type { Captioner } from '../src/shared/manifest.ts'
import { DEFAULT_SETTINGS } from '../src/shared/types.ts'
import { goal, median, Rounds } from './report.ts'

interface RunWork {
  readonly visual: Float32Array
  /** Of every image, which is new each time: its prefix is computed, its pixels are not. */
  readonly alts: readonly (readonly number[])[]
  /** Tokens of the captions of each image. */
  readonly lengths: readonly number[]
}

const never = new AbortController().signal

/** Captions one image; `onRow` is told of every caption that ends. */
async function captionOne(
  { decoder, rule, loop }: { decoder: Decoder; rule: Captioner; loop: Loop },
  { visual, alts, length }: Omit<RunWork, 'lengths'> & { readonly length: number },
  onRow: () => void,
): Promise<readonly number[][]> {
  const prefix = await computePrefix(decoder, rule, visual)
  const made = alts.map((): number[] => [])
  const prompts = alts.map((ids, key) => ({
    ...{ key, seed: key, forced: [], prefix, slot: makeAltSlot(ids, rule) },
  }))
  const input = { prompts, rule: DEFAULT_SETTINGS, eos: rule.ids.eos, maxNewTokens: length }
  for await (const { key, id, finish } of loop.join(input, never)) {
    made[key]?.push(id)
    if (finish !== null) onRow()
  }
  return made
}

/** The next image begins when fewer than `rows` captions are under way, as a run of the product does it. */
async function runImages(
  decoder: Decoder,
  rule: Captioner,
  { work, rows }: { readonly work: RunWork; readonly rows: number },
): Promise<readonly (readonly number[][])[]> {
  const { lengths, ...image } = work
  const parts = { decoder, rule, loop: createLoop({ decoder, batch: Math.max(rows, 6) }) }
  let open = 0
  let wake = (): void => {}
  const onRow = (): void => {
    open--
    wake()
  }
  const all: Promise<readonly number[][]>[] = []
  for (const length of lengths) {
    while (open >= rows) await new Promise<void>((resolve) => (wake = resolve))
    open += image.alts.length
    all.push(captionOne(parts, { ...image, length }, onRow))
  }
  return Promise.all(all)
}

export async function benchTogether(
  decoder: Decoder,
  rule: Captioner,
  {
    work,
    rounds,
    print,
  }: { readonly work: RunWork; readonly rounds: number; readonly print: (line: string) => void },
): Promise<void> {
  const rows = rowsTogether(rule)
  const images = work.lengths.length
  const alone = () => runImages(decoder, rule, { work, rows: 1 })
  const together = () => runImages(decoder, rule, { work, rows })
  const same = JSON.stringify(await alone()) === JSON.stringify(await together())
  const times = new Rounds(rounds)
  await times.run({ alone, together })
  const pace = (name: string): string => ((1000 * images) / median(times.of(name))).toFixed(2)
  print(
    `  ${images} images under ${work.alts.length} alt-texts: ${pace('alone')} images/s one by one, ${pace('together')} together (${rows} rows), same tokens ${same ? 'yes' : 'NO'}`,
  )
  print(goal('together over one by one', times.ratio('alone', 'together'), '>=', 1.5))
}
