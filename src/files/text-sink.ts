/** Text into a file in pieces of about 64 KiB; waits for the disk, so nothing piles up. */
import { open } from 'node:fs/promises'

const FULL = 64 * 1024

export interface TextSink {
  write(text: string): Promise<void>
}

/** Opens `file`, lets `work` write, and closes it whatever happens. */
export async function withTextSink(
  file: string,
  work: (sink: TextSink) => Promise<void>,
): Promise<void> {
  const handle = await open(file, 'w')
  let waiting: string[] = []
  let length = 0
  const flush = async () => {
    const text = waiting.join('')
    waiting = []
    length = 0
    if (text !== '') await handle.appendFile(text, 'utf8')
  }
  try {
    await work({
      async write(text) {
        waiting.push(text)
        length += text.length
        if (length >= FULL) await flush()
      },
    })
    await flush()
  } finally {
    await handle.close()
  }
}
