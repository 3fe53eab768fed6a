/** Which image of the workspace a row means: by content hash, by path below the table, by file name. */

export interface KnownImage {
  readonly id: string
  readonly name: string
  /** Where the original lies, if the workspace knows. */
  readonly path: string | null
}

export type FoundImage =
  | { readonly imageId: string }
  /** Why no one image is meant. */
  | { readonly reason: string; readonly missing?: boolean }

const HASH = /^[0-9a-f]{64}$/i
const ADDRESS = /^(?:[a-z][a-z0-9+.-]+:\/\/|data:)/i

/** True for what cannot be a file here: it must be fetched first, and we fetch nothing. */
export const isAddress = (named: string): boolean => ADDRESS.test(named.trim())
export const isHash = (named: string): boolean => HASH.test(named.trim())

interface Way {
  /** Names of folders and the file; `.` and `..` are resolved. */
  readonly steps: readonly string[]
  readonly absolute: boolean
  /** It begins with more `..` than there are folders. */
  readonly outside: boolean
}

/** Accents are written in two ways (macOS takes them apart), folders parted by two signs. */
function wayOf(text: string): Way {
  const plain = text.normalize('NFC').replaceAll('\\', '/')
  const steps: string[] = []
  let outside = false
  for (const step of plain.split('/'))
    if (step === '..') {
      if (steps.pop() === undefined) outside = true
    } else if (step !== '' && step !== '.') steps.push(step)
  return { steps, absolute: /^(?:\/|[a-z]:\/)/i.test(plain), outside }
}

/** True when the path of a row leads out of the folder of its table. */
export const leadsOut = (named: string): boolean => wayOf(named).outside

const joined = ({ steps }: Way): string => steps.join('/')
const fileOf = ({ steps }: Way): string => steps.at(-1) ?? ''

interface Place {
  readonly id: string
  /** Name and path of the image, each with its folders. */
  readonly ways: readonly string[]
}

export interface ImageFinder {
  add(image: KnownImage): void
  /** Another name of an image that was added. */
  addName(name: string, id: string): void
  /** A file name that the table itself gives to several paths means no image by itself. */
  addPath(named: string): void
  find(named: string): FoundImage
}

const several = (count: number, how: string): FoundImage => ({
  reason: `${count} images ${how}; name the one that is meant by its content hash`,
})

/** `folder`: the table's own, as paths or names of images begin; null where it is not known. */
export function createImageFinder(folder: string | null): ImageFinder {
  const ids = new Set<string>()
  const byFile = new Map<string, Place[]>()
  const byWay = new Map<string, Set<string>>()
  const pathOf = new Map<string, string>()
  const repeated = new Set<string>()

  const one = (found: ReadonlySet<string>, how: string): FoundImage | null => {
    const [imageId] = found
    if (imageId === undefined) return null
    return found.size === 1 ? { imageId } : several(found.size, how)
  }
  const where = (test: (way: string) => boolean, file: string): ReadonlySet<string> =>
    new Set((byFile.get(file) ?? []).filter(({ ways }) => ways.some(test)).map(({ id }) => id))

  const put = (id: string, names: readonly string[]): void => {
    const ways = names.map(wayOf)
    const place = { id, ways: ways.map(joined) }
    for (const way of place.ways) byWay.set(way, (byWay.get(way) ?? new Set()).add(id))
    for (const file of new Set(ways.map(fileOf))) {
      const there = byFile.get(file)
      if (there) there.push(place)
      else byFile.set(file, [place])
    }
  }

  return {
    add({ id, name, path }) {
      ids.add(id)
      put(id, path === null ? [name] : [name, path])
    },
    addName(name, id) {
      if (ids.has(id)) put(id, [name])
    },
    addPath(named) {
      const way = wayOf(named)
      const file = fileOf(way)
      const whole = joined(way)
      if ((pathOf.get(file) ?? whole) === whole) pathOf.set(file, whole)
      else repeated.add(file)
    },
    find(named) {
      const hash = named.trim().toLowerCase()
      if (isHash(named) && ids.has(hash)) return { imageId: hash }
      if (isAddress(named))
        return { reason: 'it is an address: download the image first, then name its file here' }
      const way = wayOf(named)
      const file = fileOf(way)
      const whole = joined(way)
      if (way.absolute || folder !== null) {
        const full = way.absolute ? whole : joined(wayOf(`${folder}/${named}`))
        const found = one(byWay.get(full) ?? new Set(), 'lie at this path')
        if (found) return found
      }
      const below = where((known) => known === whole || known.endsWith(`/${whole}`), file)
      const found = one(below, way.steps.length > 1 ? 'have this path' : 'have this file name')
      if (found) return found
      const byName = where(() => true, file)
      if (byName.size > 0 && repeated.has(file))
        return { reason: 'no image has this path, and other rows have the same file name' }
      const last = one(byName, 'have this file name')
      if (last) return last
      if (isHash(named))
        return { reason: 'no image of the workspace has this content', missing: true }
      const out = way.outside ? ', and its path leads out of the folder of the table' : ''
      return { reason: `no image of the workspace has this name${out}`, missing: true }
    },
  }
}
