// Runs the product's own photo-truth over the decoded arrays of data.py, so truth has one definition.

import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { readPhotoTruth } from '../../src/core/evaluation/photo-truth.ts'

const NPY_HEADER = 128
const [work] = process.argv.slice(2)
if (work === undefined) throw new Error('usage: node measure-photos.ts WORK_DIR')

for (const split of ['train', 'val']) {
  const pixels = readFileSync(join(work, `${split}.u8.npy`)).subarray(NPY_HEADER)
  const boxBytes = readFileSync(join(work, `${split}.box.npy`)).subarray(NPY_HEADER)
  const count = boxBytes.length / 16
  const lines: string[] = []
  for (let i = 0; i < count; i++) {
    const at = (k: number): number => boxBytes.readFloatLE((i * 4 + k) * 4)
    const rgb = pixels.subarray(i * 12288, (i + 1) * 12288)
    const truth = readPhotoTruth(rgb, { x0: at(0), y0: at(1), x1: at(2), y1: at(3) })
    lines.push(JSON.stringify(truth))
  }
  writeFileSync(join(work, `photos-truth-${split}.jsonl`), `${lines.join('\n')}\n`)
}
