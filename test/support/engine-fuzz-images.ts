/** Child process: `node engine-fuzz-images.ts COUNT` mutates small pictures and reads them; prints a JSON report. */
import sharp from 'sharp'
import { decodeSquare } from '../../src/engine/image/decode.ts'
import { inspectPicture } from '../../src/engine/image/inspect.ts'
import { RealignError } from '../../src/shared/errors.ts'
import { randomInt, seededRandom } from '../../src/shared/random.ts'

const noise = sharp({
  create: {
    width: 48,
    height: 40,
    channels: 3,
    background: 'grey',
    noise: { type: 'gaussian', mean: 128, sigma: 40 },
  },
})
const seeds = await Promise.all(
  (['jpeg', 'png', 'webp', 'gif'] as const).map((format) =>
    noise.clone().toFormat(format).toBuffer(),
  ),
)

type Mutation = (bytes: Buffer, random: () => number, other: Buffer) => Buffer
const MUTATIONS: readonly Mutation[] = [
  (bytes, random) => bytes.subarray(0, randomInt(random, bytes.length)),
  (bytes, random) => {
    const copy = Buffer.from(bytes)
    for (let flips = 1 + randomInt(random, 8); flips > 0; flips--) {
      const at = randomInt(random, copy.length)
      copy[at] = (copy[at] ?? 0) ^ (1 << randomInt(random, 8))
    }
    return copy
  },
  (bytes, random, other) =>
    Buffer.concat([
      bytes.subarray(0, randomInt(random, bytes.length)),
      other.subarray(randomInt(random, other.length)),
    ]),
  (bytes, random) => {
    const at = randomInt(random, bytes.length)
    const part = bytes.subarray(at, at + 1 + randomInt(random, 200))
    return Buffer.concat([bytes.subarray(0, at), part, part, part, bytes.subarray(at)])
  },
  (bytes, random) => {
    const at = randomInt(random, bytes.length)
    return Buffer.from(bytes).fill(0, at, Math.min(bytes.length, at + 1 + randomInt(random, 64)))
  },
  (bytes, random) => {
    const copy = Buffer.from(bytes) // header fields: sizes, depths, counts
    for (let edits = 0; edits < 3; edits++)
      copy[randomInt(random, Math.min(64, copy.length))] =
        random() < 0.5 ? 0xff : randomInt(random, 256)
    return copy
  },
]

const count = Number(process.argv[2])
const report = { tried: 0, read: 0, refused: 0, other: 0 }
for (let seed = 0; seed < count; seed++) {
  const random = seededRandom(seed)
  const bytes = seeds[seed % seeds.length]
  const other = seeds[randomInt(random, seeds.length)]
  const mutate = MUTATIONS[randomInt(random, MUTATIONS.length)]
  if (!bytes || !other || !mutate) continue
  report.tried++
  const mutated = mutate(bytes, random, other)
  try {
    await inspectPicture(mutated, 'x.jpg')
    await decodeSquare(mutated, { size: 32, resize: 'squash', kernel: 'cubic' })
    report.read++
  } catch (error) {
    if (error instanceof RealignError && error.code === 'image-unreadable') report.refused++
    else report.other++
  }
}
process.stdout.write(JSON.stringify(report))
