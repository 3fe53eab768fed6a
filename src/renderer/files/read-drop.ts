/** Dropped or picked files to import sources: folders walked, sidecar texts paired, sizes minded. */
import { isNoPicture, mayBePassedOver } from '../../shared/no-picture.ts'
import { HEAD_BYTES } from '../../shared/picture-format.ts'

export interface LocalFile {
  /** Path below the dropped folder, as shown in lists. */
  readonly name: string
  /** Null when the browser could not open it; a folder's name then ends in a slash. */
  readonly file: File | null
}

const entriesOf = (reader: FileSystemDirectoryReader): Promise<readonly FileSystemEntry[]> =>
  new Promise((resolve, reject) => reader.readEntries(resolve, reject))

const fileOf = (entry: FileSystemFileEntry): Promise<File> =>
  new Promise((resolve, reject) => entry.file(resolve, reject))

async function walk(entry: FileSystemEntry): Promise<readonly LocalFile[]> {
  const name = entry.fullPath.replace(/^\//, '')
  const closed = (): null => null
  if (entry.isFile)
    return [{ name, file: await fileOf(entry as FileSystemFileEntry).catch(closed) }]
  const reader = (entry as FileSystemDirectoryEntry).createReader()
  const found: LocalFile[] = []
  // readEntries answers in parts of 100 until one is empty.
  for (;;) {
    const part = await entriesOf(reader).catch(closed)
    if (part === null) found.push({ name: `${name}/`, file: null })
    if (part === null || part.length === 0) return found
    for (const child of part) found.push(...(await walk(child)))
  }
}

/** Must be called within the drop event: the items are gone after it. */
export function filesOfDrop(transfer: DataTransfer): Promise<readonly LocalFile[]> {
  const entries = [...transfer.items].flatMap((item) => item.webkitGetAsEntry() ?? [])
  // A drop made by a script has files without entries.
  if (entries.length === 0) return Promise.resolve(filesOfInput(transfer.files))
  return Promise.all(entries.map(walk)).then((lists) => lists.flat())
}

export function filesOfInput(files: FileList): readonly LocalFile[] {
  return [...files].map((file) => ({ name: file.webkitRelativePath || file.name, file }))
}

const stem = (name: string) => name.replace(/\.[^./]*$/, '')
const isText = (name: string) => name.toLowerCase().endsWith('.txt')
export const isHidden = (name: string) => name.split('/').some((part) => part.startsWith('.'))

export interface ToImport extends LocalFile {
  /** Text file of the same name beside it, e.g. owl.jpg and owl.txt. */
  readonly sidecar: File | null
}

/** Sidecars join their image; a text file alone stays in the list, so that it is refused by name. */
export function pairSidecars(files: readonly LocalFile[]): readonly ToImport[] {
  const seen = files.filter(({ name }) => !isHidden(name))
  const texts = new Map(seen.filter(({ name }) => isText(name)).map((one) => [stem(one.name), one]))
  const images = seen.filter(({ name }) => !isText(name))
  const stems = new Set(images.map(({ name }) => stem(name)))
  const alone = [...texts.values()].filter(({ name }) => !stems.has(stem(name)))
  return [
    ...images.map((one) => ({ ...one, sidecar: texts.get(stem(one.name))?.file ?? null })),
    ...alone.map((one) => ({ ...one, sidecar: null })),
  ].sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0))
}

/** Like the workbench with a folder of its own machine: what lies in a folder and is plainly no picture stays out. */
export async function passOver(
  files: readonly ToImport[],
  maxBytes: number,
): Promise<{ readonly kept: readonly ToImport[]; readonly passedOver: readonly string[] }> {
  const isNone = async ({ name, file }: ToImport): Promise<boolean> => {
    if (!file || !name.includes('/') || !mayBePassedOver(name)) return false
    if (file.size === 0 || file.size > maxBytes) return true
    // What cannot be read stays, and is refused with its reason.
    const head = await file
      .slice(0, HEAD_BYTES)
      .arrayBuffer()
      .catch(() => null)
    return head !== null && isNoPicture(new Uint8Array(head))
  }
  const kept: ToImport[] = []
  const passedOver: string[] = []
  for (const one of files) {
    if (await isNone(one)) passedOver.push(one.name)
    else kept.push(one)
  }
  return { kept, passedOver }
}
