/** Many images at once, for a bench whose pictures are plain: any bytes are an image. */
import type { Client } from '../../src/shared/contract.ts'
import { finish } from './ui-bench.ts'

export async function addBytes(client: Client, count: number): Promise<readonly string[]> {
  const sources = Array.from({ length: count }, (_, index) => ({
    kind: 'bytes' as const,
    name: `${String(index + 1).padStart(5, '0')}.png`,
    bytes: new TextEncoder().encode(`picture ${index}`),
  }))
  const { added } = await finish(client.run('images.import', { sources }))
  return added
}
