/** What a written file may not take the place of: a workspace, or a picture that Realign did not make. */
import { access, open, readFile } from 'node:fs/promises'
import { TRACE_MARK } from '../core/publish/trace-text.ts'
import { RealignError } from '../shared/errors.ts'
import { sniffFormat } from '../shared/picture-format.ts'
import { isWorkspaceName } from '../shared/workspace-name.ts'

const DATABASE = 'SQLite format 3\0'

const exists = (file: string): Promise<boolean> =>
  access(file).then(
    () => true,
    () => false,
  )

async function firstBytes(file: string): Promise<Buffer> {
  const handle = await open(file, 'r')
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(64), 0, 64, 0)
    return (await handle.stat()).isFile() ? buffer.subarray(0, bytesRead) : Buffer.alloc(0)
  } finally {
    await handle.close()
  }
}

/** "a workspace", "a picture that …", or null for whatever may be replaced. */
async function whatStands(file: string): Promise<string | null> {
  if (!(await exists(file))) return null
  // Told without opening it: to close a database again would take away the lock of whoever has it open here.
  if (isWorkspaceName(file) || (await exists(`${file}-wal`))) return 'a workspace'
  const head = await firstBytes(file)
  if (head.toString('latin1').startsWith(DATABASE)) return 'a database'
  const format = sniffFormat(head)
  if (format === null) return null
  // A table drawn as PNG says so itself, and may be written again.
  const ours = format === 'png' && (await readFile(file)).includes(TRACE_MARK)
  return ours ? null : 'a picture that Realign did not make'
}

/**
 * Before a file is written where a person said. What cannot be read here is left to the writer, who says why.
 * @throws RealignError bad-input
 */
export async function keepOriginals(target: string): Promise<void> {
  const stands = await whatStands(target).catch(() => null)
  if (stands !== null)
    throw new RealignError('bad-input', `${target} is ${stands}, and is not written over`, {
      hint: 'Name another file.',
    })
}
