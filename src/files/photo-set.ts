/** Reads a folder of labelled photographs: val.tar.gz, index.tsv.gz and classes.tsv. */
import { createReadStream } from 'node:fs'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { pipeline } from 'node:stream/promises'
import { promisify } from 'node:util'
import { createGunzip, gunzip } from 'node:zlib'
import { extract } from 'tar-stream'
import { RealignError } from '../shared/errors.ts'

export interface LabelledPhoto {
  readonly id: string
  /** WordNet id of its class. */
  readonly wnid: string
  /** Object box in pixels, both corners inside. */
  readonly box: {
    readonly x0: number
    readonly y0: number
    readonly x1: number
    readonly y1: number
  }
  readonly bytes: Uint8Array
}

export interface PhotoSet {
  /** Names of each class, common first. */
  readonly classNames: ReadonlyMap<string, readonly string[]>
  /** Held-out photographs in the order of the index. */
  readonly photos: readonly LabelledPhoto[]
}

const MAX_MEMBER_BYTES = 4 * 2 ** 20

/** @throws RealignError not-found for a missing file, bad-input for a malformed one */
export async function readPhotoSet(folder: string): Promise<PhotoSet> {
  const classes = (await open(folder, 'classes.tsv')).toString('utf8')
  const index = await promisify(gunzip)(await open(folder, 'index.tsv.gz')).catch(
    (cause: unknown) => {
      throw new RealignError('bad-input', 'index.tsv.gz is no gzip file', { cause })
    },
  )
  const rows = index.toString('utf8').trim().split('\n').slice(1)
  const held = rows.map((row) => row.split('\t')).filter(([split]) => split === 'val')
  const members = await readArchive(folder, 'val.tar.gz')
  const photos = held.map(([, wnid = '', file = '', ...corners]): LabelledPhoto => {
    const [x0 = NaN, y0 = NaN, x1 = NaN, y1 = NaN] = corners.map(Number)
    const bytes = members.get(`${wnid}/${file}`)
    if (!bytes)
      throw new RealignError('not-found', `${wnid}/${file} is in the index but not in val.tar.gz`)
    if (![x0, y0, x1, y1].every(Number.isFinite))
      throw new RealignError('bad-input', `index.tsv.gz has no box for ${wnid}/${file}`)
    return { id: `${wnid}/${file}`, wnid, box: { x0, y0, x1, y1 }, bytes }
  })
  if (photos.length === 0)
    throw new RealignError('bad-input', 'index.tsv.gz lists no held-out photograph')
  return { classNames: readClasses(classes), photos }
}

function readClasses(text: string): ReadonlyMap<string, readonly string[]> {
  const rows = text.trim().split('\n').slice(1)
  return new Map(
    rows.map((row) => {
      const [wnid = '', names = ''] = row.split('\t')
      return [wnid, names.split(',').map((name) => name.trim())] as const
    }),
  )
}

async function open(folder: string, name: string): Promise<Buffer> {
  return readFile(path.join(folder, name)).catch((cause: unknown) => {
    throw missing(folder, name, cause)
  })
}

const missing = (folder: string, name: string, cause: unknown): RealignError =>
  new RealignError('not-found', `${name} cannot be read in ${folder}`, {
    cause,
    hint: 'The folder needs val.tar.gz, index.tsv.gz and classes.tsv.',
  })

/** Regular members of a small .tar.gz by name; nothing is written to disk. */
async function readArchive(folder: string, name: string): Promise<ReadonlyMap<string, Uint8Array>> {
  const members = new Map<string, Uint8Array>()
  const tar = extract()
  tar.on('entry', (header, stream, next) => {
    const parts: Buffer[] = []
    const wanted = header.type === 'file' && (header.size ?? 0) <= MAX_MEMBER_BYTES
    stream.on('data', (part) => {
      if (wanted) parts.push(part as Buffer) // tar-stream gives bytes
    })
    stream.on('error', next)
    stream.on('end', () => {
      if (wanted) members.set(header.name.replace(/^\.\//, ''), Buffer.concat(parts))
      next()
    })
  })
  await pipeline(createReadStream(path.join(folder, name)), createGunzip(), tar).catch(
    (cause: unknown) => {
      throw missing(folder, name, cause)
    },
  )
  return members
}
