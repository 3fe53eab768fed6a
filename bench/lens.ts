/**
 * `npm run bench -- lens [--rounds 9] [--tokens 60] [--bundle builtin]`: the token lens on one caption under six
 * conditions against writing that caption once, interleaved; medians and their ratio.
 */
import path from 'node:path'
import { parseArgs } from 'node:util'
import type { CaptionJob, ForceJob } from '../src/core/ports.ts'
import { encodeSquare } from '../src/engine/image/decode.ts'
import { createLocalEngine } from '../src/engine/local-engine.ts'
import { seededRandom } from '../src/shared/random.ts'
import { DEFAULT_SETTINGS } from '../src/shared/types.ts'
import { goal, Rounds } from './report.ts'

const { values } = parseArgs({
  allowPositionals: true,
  options: {
    rounds: { type: 'string', default: '9' },
    tokens: { type: 'string', default: '60' },
    bundle: { type: 'string', default: 'builtin' },
  },
})
const print = (line: string): void => void process.stdout.write(`${line}\n`)
const never = new AbortController().signal
const wanted = Number(values.tokens)

const ALT_TEXTS = [
  'great gray owl, Strix nebulosa',
  '',
  'a bird on a branch',
  'monkey',
  'IMG_2043.jpg',
  'a teapot',
]
const [own = ''] = ALT_TEXTS

const random = seededRandom(3)
const picture = await encodeSquare(
  Uint8Array.from({ length: 64 * 64 * 3 }, () => Math.floor(256 * random())),
  64,
)
const engine = createLocalEngine({
  modelFolders: [path.resolve(import.meta.dirname, '..', 'models')],
})

/** Hot enough that the end token seldom comes: every run makes exactly the tokens that are asked for. */
const jobOf = (seed: number, imageId: string): CaptionJob => ({
  captionerId: values.bundle,
  imageId,
  bytes: async () => picture,
  requests: [{ key: 'own', altText: own, seed }],
  settings: { ...DEFAULT_SETTINGS, temperature: 2, topP: 1, maxNewTokens: wanted },
})

async function write(job: CaptionJob): Promise<readonly number[]> {
  for await (const event of engine.caption(job, never))
    if (event.kind === 'caption') return event.caption.tokenIds
  throw new Error('no caption came')
}

async function findSeed(): Promise<number> {
  for (let seed = 0; seed < 500; seed++)
    if ((await write(jobOf(seed, '0'.repeat(64)))).length === wanted) return seed
  throw new Error(`no caption of ${wanted} tokens among 500 seeds`)
}

const seed = await findSeed()
const imageId = '0'.repeat(64)
const tokenIds = await write(jobOf(seed, imageId))
/** As the lens asks: own, without picture, empty, and the other alt-texts of the row; six contexts in all. */
const lensOf = (image: string, alternatives: number): ForceJob => ({
  captionerId: values.bundle,
  imageId: image,
  bytes: async () => picture,
  tokenIds,
  contexts: [
    { key: 'mean', altText: own, image: 'mean' },
    ...ALT_TEXTS.slice(0, 5).map((altText) => ({ key: altText, altText, image: 'own' as const })),
  ],
  alternatives,
})

let fresh = 0
const newImage = (): string => String(++fresh).padStart(64, '0')
const rounds = new Rounds(Number(values.rounds))
await rounds.run({
  'the caption, image known': () => write(jobOf(seed, imageId)),
  'its lens, image known': () => engine.force(lensOf(imageId, 20), never),
  'the caption, new image': () => write(jobOf(seed, newImage())),
  'its lens, new image': () => engine.force(lensOf(newImage(), 20), never),
  'six captions together, image known': async () => {
    const job = jobOf(seed, imageId)
    const requests = ALT_TEXTS.map((altText, key) => ({ key: String(key), altText, seed: key }))
    for await (const event of engine.caption({ ...job, requests }, never))
      if (event.kind === 'token') continue
  },
})
print(`${tokenIds.length} tokens of ${values.bundle} under 6 conditions`)
rounds.print(print)
const times = (a: string, b: string) => rounds.ratio(a, b)
print(
  goal(
    'lens over writing the caption, image known',
    times('its lens, image known', 'the caption, image known'),
    '<=',
    3,
  ),
)
print(
  goal(
    'lens over writing the caption, new image',
    times('its lens, new image', 'the caption, new image'),
    '<=',
    3,
  ),
)
await engine.close()
