// Reads a folder of field-guide pictures into one uint8 file, by the resize rule of the product.

import { openSync, readFileSync, writeSync, closeSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import sharp from 'sharp'

const [folder, out] = process.argv.slice(2)
if (folder === undefined || out === undefined) {
  throw new Error('usage: node load-drawn.ts DIR OUT_PREFIX')
}
const truth = readFileSync(join(folder, 'truth.jsonl'), 'utf8')
const lines = truth.split('\n').filter((line) => line !== '')
const file = openSync(`${out}.raw`, 'w')
for (const line of lines) {
  const { file: name } = JSON.parse(line) as { file: string }
  const pixels = await sharp(join(folder, name))
    .removeAlpha()
    .resize(64, 64, { fit: 'fill', kernel: 'cubic' })
    .raw()
    .toBuffer()
  writeSync(file, pixels)
}
closeSync(file)
writeFileSync(`${out}.truth.jsonl`, truth)
