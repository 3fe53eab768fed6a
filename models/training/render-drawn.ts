// Draws field-guide pictures straight into one uint8 file at 64 pixels, with their truth beside it.

import { closeSync, openSync, writeSync } from 'node:fs'
import sharp from 'sharp'
import { decodeSquare } from '../../src/engine/image/decode.ts'
import { drawPicture, setMember } from '../../src/fieldguide/picture.ts'

// Brought down by the resize rule of the product from two sizes: users' copies differ in detail too.
const SQUARE = { size: 64, resize: 'squash', kernel: 'cubic' } as const
const drawnAs = (i: number): { size: number; detail: number } =>
  i % 3 === 0 ? { size: 320, detail: 1 } : { size: 128, detail: 0.5 }

const [seed, from, to, out] = process.argv.slice(2)
if (seed === undefined || from === undefined || to === undefined || out === undefined) {
  throw new Error('usage: node render-drawn.ts SEED FROM TO OUT_PREFIX')
}
sharp.concurrency(1)
const pixels = openSync(`${out}.raw`, 'w')
const truths = openSync(`${out}.truth.jsonl`, 'w')
for (let i = Number(from); i < Number(to); i++) {
  const member = setMember(seed, i)
  const { svg, truth } = drawPicture(member.seed, { ...drawnAs(i), file: member.file })
  const large = await sharp(Buffer.from(svg)).flatten({ background: '#fff' }).png().toBuffer()
  writeSync(pixels, await decodeSquare(large, SQUARE))
  writeSync(truths, `${JSON.stringify(truth)}\n`)
}
closeSync(pixels)
closeSync(truths)
