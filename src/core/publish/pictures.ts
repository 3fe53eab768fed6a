/** Thumbnails of a published table: inside the page as data: URIs, or as PNG files beside the document. */
import { toBase64 } from '../../shared/bytes-json.ts'
import type { Deps } from '../deps.ts'
import { thumbnailType } from '../images/thumbnail-type.ts'
import type { Store } from '../store-port.ts'

const PNG_SIDE = 512

/** The stored display copies: re-encoded, without metadata. */
export function dataUris(
  { images }: Pick<Store, 'images'>,
  ids: readonly string[],
): ReadonlyMap<string, string> {
  return new Map(
    ids.flatMap((id) => {
      const bytes = images.thumbnail(id)
      return bytes ? [[id, `data:${thumbnailType(bytes)};base64,${toBase64(bytes)}`] as const] : []
    }),
  )
}

export interface PictureFiles {
  readonly files: readonly { readonly name: string; readonly bytes: Uint8Array<ArrayBuffer> }[]
  /** Path of each image's file as the document names it. */
  readonly paths: ReadonlyMap<string, string>
}

const fileName = (id: string, index: number): string =>
  `${String(index + 1).padStart(3, '0')}-${id.slice(0, 12)}.png`

/** Where a document will look for its pictures, for a preview that needs none of them yet. */
export const picturePaths = (ids: readonly string[], folder: string): ReadonlyMap<string, string> =>
  new Map(ids.map((id, index) => [id, `${folder}/${fileName(id, index)}`]))

/** Names are made here from the place in the table and the content hash, never from a file name. */
export async function pictureFiles(
  deps: Pick<Deps, 'store' | 'pictures'>,
  { ids, folder }: { readonly ids: readonly string[]; readonly folder: string },
  signal: AbortSignal,
): Promise<PictureFiles> {
  const files: { name: string; bytes: Uint8Array<ArrayBuffer> }[] = []
  const paths = new Map<string, string>()
  for (const [index, id] of ids.entries()) {
    const thumbnail = deps.store.images.thumbnail(id)
    if (!thumbnail) continue
    const name = fileName(id, index)
    files.push({
      name,
      bytes: new Uint8Array(await deps.pictures.png(thumbnail, PNG_SIDE, signal)),
    })
    paths.set(id, `${folder}/${name}`)
  }
  return { files, paths }
}
