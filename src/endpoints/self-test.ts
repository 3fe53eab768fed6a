/** Whether the picture and the alt-text arrive: both tell something that nobody could know otherwise. */
import { randomInt } from 'node:crypto'
import { crc32, deflateSync } from 'node:zlib'
import type { EndpointTest } from '../shared/endpoint.ts'
import { isLocal } from './address.ts'
import type { askChat } from './ask.ts'
import type { DefinedEndpoint } from './definitions.ts'
import { captionIn, limitsFor, parametersFor, readsAlt } from './question.ts'
import { DEFAULT_SETTINGS } from '../shared/types.ts'

type Colour = readonly [name: string, red: number, green: number, blue: number]

/** So far apart that every model has a word for each, and so that the words are in no other one. */
const COLOURS: readonly Colour[] = [
  ['red', 220, 20, 20],
  ['green', 20, 160, 40],
  ['blue', 30, 60, 220],
  ['yellow', 250, 220, 20],
  ['black', 0, 0, 0],
  ['white', 255, 255, 255],
]
const SIDE = 128

function chunk(kind: string, data: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(kind, 'latin1'), data])
  const ends = Buffer.alloc(8)
  ends.writeUInt32BE(data.byteLength, 0)
  ends.writeUInt32BE(crc32(body), 4)
  return Buffer.concat([ends.subarray(0, 4), body, ends.subarray(4)])
}

/** An RGB PNG of SIDE x SIDE pixels, its left half of one colour and its right half of another. */
function halves(left: Colour, right: Colour): Uint8Array {
  const row = Buffer.alloc(1 + 3 * SIDE) // begins with the filter, 0: none
  for (let x = 0; x < SIDE; x++)
    row.set((x < SIDE / 2 ? left : right).slice(1) as number[], 1 + 3 * x)
  const head = Buffer.alloc(13)
  head.writeUInt32BE(SIDE, 0)
  head.writeUInt32BE(SIDE, 4)
  head.set([8, 2, 0, 0, 0], 8) // 8 bits, RGB, no interlace
  const pixels = deflateSync(Buffer.concat(Array.from({ length: SIDE }, () => row)))
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
  const chunks = [chunk('IHDR', head), chunk('IDAT', pixels), chunk('IEND', Buffer.alloc(0))]
  return Buffer.concat([signature, ...chunks])
}

const pick = <T>(values: readonly T[]): T => values[randomInt(values.length)]!

/** A name that no model has read: pronounceable, so that small ones can say it again. */
const unheard = (): string =>
  Array.from({ length: 3 }, () => pick([...'bdfgklmnprstvz']) + pick([...'aeiou'])).join('') + 'x'

const CUT = 300

export interface TestParts {
  readonly endpoint: DefinedEndpoint
  readonly key: string | null
  readonly now: () => Date
  readonly ask: typeof askChat
}

/**
 * One question about a picture of two colours and an alt-text with a name that was made up just now. Chance answers
 * right once in thirty. Fails as asking does.
 */
export async function testEndpoint(
  { endpoint: { definition }, key, now, ask }: TestParts,
  signal: AbortSignal,
): Promise<EndpointTest> {
  const left = pick(COLOURS)
  const right = pick(COLOURS.filter((one) => one !== left))
  const name = unheard()
  const withAlt = readsAlt(definition)
  const prompt = [
    'This is a test of whether a picture reached you. The picture has two halves of one colour each.',
    ...(withAlt ? [`Its alt-text is: a vase made by ${name}`] : []),
    `Answer on one line, with nothing else: the colour of the left half, the colour of the right half${withAlt ? ', the last word of the alt-text' : ''}.`,
  ].join('\n')
  const parameters = parametersFor(definition, { ...DEFAULT_SETTINGS, greedy: true }, 7)
  const picture = { type: 'image/png', bytes: halves(left, right) }
  const question = {
    url: definition.url,
    model: definition.model,
    key,
    prompt,
    picture,
    parameters,
  }
  const work = ask(question, signal, limitsFor(definition, isLocal(definition.url)))
  let step = await work.next()
  while (!step.done) step = await work.next()
  const reply = captionIn(step.value.text)
  const words: readonly string[] = reply.toLowerCase().match(/\p{L}+/gu) ?? []
  const colours = words.filter((word) => COLOURS.some(([one]) => one === word))
  return {
    at: now().toISOString(),
    readsImage: colours[0] === left[0] && colours[1] === right[0],
    readsAlt: withAlt ? words.includes(name) : null,
    reply: reply.length > CUT ? `${reply.slice(0, CUT).toWellFormed()}…` : reply,
  }
}
