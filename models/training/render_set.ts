/** Training pictures: render N pictures of the field guide as 64 x 64 pixels in one raw file, with truth.jsonl. */
import { createWriteStream } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { parseArgs } from 'node:util'
// eslint-disable-next-line no-restricted-imports -- training tool, not part of the product
import sharp from 'sharp'
import { drawPicture, setMember, type Picture } from '../../src/fieldguide/picture.ts'

const USAGE =
  'usage: node models/training/render_set.ts --seed S --count N --out DIR [--size 64] [--render 256] [--detail 0.5] [--families owl,shell] [--start 0] [--png]'

const { values } = parseArgs({
  options: {
    seed: { type: 'string' },
    count: { type: 'string' },
    out: { type: 'string' },
    size: { type: 'string', default: '64' },
    render: { type: 'string', default: '256' },
    detail: { type: 'string', default: '0.5' },
    start: { type: 'string', default: '0' },
    families: { type: 'string' },
    png: { type: 'boolean', default: false },
  },
})
if (!values.seed || !values.count || !values.out) {
  console.error(USAGE)
  process.exit(2)
}
const [count, size, start] = [values.count, values.size, values.start].map(Number) as [
  number,
  number,
  number,
]
const options = {
  size: Number(values.render),
  detail: Number(values.detail),
  ...(values.families ? { families: values.families.split(',') } : {}),
}
sharp.concurrency(1)
await mkdir(values.out, { recursive: true })
const truth = createWriteStream(path.join(values.out, 'truth.jsonl'))
// Rows of one picture after another: count x size x size x 3 bytes, RGB.
const pixels = values.png ? null : createWriteStream(path.join(values.out, 'pictures.u8'))
const began = Date.now()
async function render(i: number): Promise<{ bytes: Buffer; picture: Picture }> {
  const { seed, file } = setMember(values.seed ?? '', start + i)
  const picture = drawPicture(seed, { ...options, file })
  const squashed = sharp(Buffer.from(picture.svg))
    .removeAlpha()
    .resize(size, size, { fit: 'fill', kernel: 'cubic' })
  return { bytes: await (values.png ? squashed.png() : squashed.raw()).toBuffer(), picture }
}

// A few in flight at once: on a busy machine the waits between threads cost more than the work.
const IN_FLIGHT = 8
for (let i = 0; i < count; i += IN_FLIGHT) {
  const batch = Array.from({ length: Math.min(IN_FLIGHT, count - i) }, (_, k) => render(i + k))
  for (const { bytes, picture } of await Promise.all(batch)) {
    if (!pixels) await writeFile(path.join(values.out, picture.truth.file), bytes)
    else if (!pixels.write(bytes)) await new Promise((resolve) => pixels.once('drain', resolve))
    truth.write(`${JSON.stringify(picture.truth)}\n`)
  }
  if (i % 800 === 0 && i > 0)
    console.log(`${i}/${count} pictures, ${((Date.now() - began) / i).toFixed(1)} ms each`)
}
pixels?.end()
truth.end()
console.log(
  `${count} pictures in ${values.out}, ${((Date.now() - began) / count).toFixed(1)} ms each`,
)
