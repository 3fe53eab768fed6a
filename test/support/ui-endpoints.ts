/** Endpoints in the browser: a server on this machine that sees and reads, one far away that is never asked. */
import type { Page } from '@playwright/test'
import { decodeSquare } from '../../src/engine/image/decode.ts'
import { EndpointDefinition } from '../../src/shared/endpoint.ts'
import { startChatServer, type Asked, type ChatServer } from './chat-server.ts'
import { test as base, type UiBench } from './ui-bench.ts'

export const KEY = 'canary-key-0123456789-wxyz'
export const SAID = 'A drawing of a great gray owl on a branch.'

const COLOURS: Readonly<Record<string, readonly number[]>> = {
  red: [220, 20, 20],
  green: [20, 160, 40],
  blue: [30, 60, 220],
  yellow: [250, 220, 20],
  black: [0, 0, 0],
  white: [255, 255, 255],
}

function nameOf(pixel: Uint8Array): string {
  const off = (colour: readonly number[]) =>
    colour.reduce((sum, value, at) => sum + (value - (pixel[at] ?? 0)) ** 2, 0)
  const [[nearest = ''] = []] = Object.entries(COLOURS).sort(([, a], [, b]) => off(a) - off(b))
  return nearest
}

/** Looks at the picture and reads the alt-text, so that the test of an endpoint passes; else says one caption. */
async function answer({ prompt, picture }: Asked): Promise<string> {
  if (!prompt.startsWith('This is a test')) return `<think>An owl?</think>${SAID}`
  const square = { size: 8, resize: 'squash', kernel: 'cubic' } as const
  const { data } = await pixelsOf(picture, square)
  const word = /made by (\p{L}+)/u.exec(prompt)?.[1] ?? ''
  return `${nameOf(data.subarray(0, 3))}, ${nameOf(data.subarray(3 * 7, 3 * 8))}, ${word}`
}

const pixelsOf = async (
  picture: Uint8Array,
  how: { readonly size: number; readonly resize: 'squash'; readonly kernel: 'cubic' },
) => ({ data: await decodeSquare(picture, how) })

interface Fixtures {
  readonly server: ChatServer
  /** Writes a definition as Save does. */
  readonly define: (given: Partial<EndpointDefinition>) => Promise<string>
}

export const test = base.extend<Fixtures>({
  server: async ({}, use) => {
    const server = await startChatServer(answer)
    await use(server)
    server.close()
  },
  define: async ({ bench, server }, use) =>
    use(async (given) => {
      const definition = EndpointDefinition.parse({
        ...{ name: 'Owl teller', url: server.url, model: 'owl-vlm', ...given },
      })
      return (await bench.client.call('endpoints.save', { definition })).id
    }),
})

export const pick = async (page: Page, id: string) => {
  await page.getByRole('button', { name: /T 0\.2/ }).click()
  await page.getByRole('combobox', { name: 'Captioner' }).selectOption(id)
}

export const REMOTE = { name: 'GPT-4o', url: 'https://api.openai.com/v1', model: 'gpt-4o' }

export const allow = (bench: UiBench, id: string) =>
  bench.client.call('endpoints.allow', { id, allowed: true })
