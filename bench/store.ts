/**
 * `npm run bench -- store [--captions 1000000] [--store-file FILE]`: a workspace of so many captions, and how long a person waits
 * for the compare view, the next page of the library and the next page of a search. Percentiles over places
 * drawn by seed, after one look; the file is deleted afterwards.
 */
import Sqlite from 'better-sqlite3'
import { createHash } from 'node:crypto'
import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Store } from '../src/core/store-port.ts'
import { randomInt, seededRandom } from '../src/shared/random.ts'
import type { MarkClass } from '../src/shared/contract/grounding.ts'
import { DEFAULT_SETTINGS, type Provenance, type Score } from '../src/shared/types.ts'
import { captionChecksum, scoreChecksum } from '../src/store/caption-rows.ts'
import { cellKey, settingsText } from '../src/store/cell-key.ts'
import { setChecksum } from '../src/store/marks.ts'
import { toFloat64Blob, toInt32Blob } from '../src/store/number-blob.ts'
import { openStore } from '../src/store/open-store.ts'
import { goal } from './report.ts'

/** As in the paper's Table 3, and what a curious person adds. */
const CAPTIONS_AN_IMAGE = 10
const LOOKS = 2000
const GOAL_MS = 2

const hash = (text: string) => createHash('sha256').update(text).digest('hex')
const KINDS = ['empty', 'class-name', 'wrong', 'own', 'free'] as const
const THINGS = ['owl', 'conch', 'teapot', 'monarch', 'daisy', 'anchor', 'lemon', 'fox'] as const
const WHERE = ['on a fence', 'in the snow', 'over the sea', 'by a window', 'on white'] as const

const provenance: Provenance = {
  captionerId: 'bench',
  bundleSha256: hash('bundle'),
  variant: 'fp32',
  device: 'cpu',
  deviceReason: 'bench',
  preprocessing: 'squash 64',
  runtime: 'bench',
  appVersion: '0',
  settings: DEFAULT_SETTINGS,
  seed: 7,
  altTokens: 3,
  altCut: false,
  finish: 'eos',
  encodeMs: 1,
  prefillMs: 1,
  decodeMs: 1,
  notes: [],
}
const score: Score = {
  scorerId: 'bench',
  scorerSha256: hash('scorer'),
  clip: 30,
  clipS: 0.75,
  perSentence: [],
  tokens: 12,
  truncated: false,
  coveredChars: 60,
  policy: 'truncate-keep-end',
  sharesEncoder: true,
}
const imageId = (image: number) => hash(`image ${image}`)

export interface Filling {
  readonly captions: number
  /** Shared out among the images in turn. */
  readonly thumbnails?: readonly Uint8Array[]
  /** Proposals for every caption, as many as captions have in use. */
  readonly marks?: boolean
}

const proposal = (place: 'caption' | 'alt-text', text: string, markClass: MarkClass) => ({
  ...{ place, start: place === 'caption' ? LEAD.length : 0, markClass, text },
  end: (place === 'caption' ? LEAD.length : 0) + text.length,
  explanation: { rule: 'same-words', matched: null, words: 'The alt-text says the same words.' },
})
const LEAD = 'A drawing of a '

/** Writes rows as the store does, checksums and triggers included, but many to a commit. The file must be there. */
export function fill(file: string, { captions, thumbnails = [], marks = false }: Filling): void {
  const raw = new Sqlite(file)
  raw.pragma('synchronous = OFF')
  raw.pragma('cache_size = -400000')
  const random = seededRandom(5)
  const pick = <T>(list: readonly T[]): T => list[randomInt(random, list.length)]!
  const insert = (table: string, columns: readonly string[]) =>
    raw.prepare(
      `INSERT INTO ${table} (${columns.join(', ')}) VALUES (${columns.map((c) => `@${c}`).join(', ')})`,
    )
  const image = insert('images', [
    ...['id', 'name', 'width', 'height', 'format', 'size_bytes', 'notes', 'class_name', 'added_at'],
  ])
  const bytes = insert('image_files', ['image_id', 'thumbnail'])
  const cell = insert('cells', [
    ...['key', 'image_id', 'alt_text', 'captioner_id', 'bundle_sha256', 'settings', 'seed'],
  ])
  const caption = insert('captions', [
    ...['seq', 'id', 'cell_key', 'run_id', 'image_id', 'alt_kind', 'text', 'token_ids'],
    ...['log_probs', 'provenance', 'created_at', 'checksum'],
  ])
  const scored = insert('scores', [
    ...['seq', 'caption_seq', 'scorer_id', 'scorer_sha256', 'clip', 'score', 'created_at'],
    'checksum',
  ])
  const marked = insert('mark_sets', [
    ...['caption_seq', 'matcher', 'context_sha256', 'proposals', 'carried', 'rejected'],
    ...['erroneous', 'created_at', 'checksum'],
  ])
  raw
    .prepare(
      "INSERT INTO runs (id, request, app_version, status, started_at) VALUES ('r', '{}', '0', 'done', 'now')",
    )
    .run()
  const created_at = '2026-01-01T00:00:00.000Z'
  const one = (seq: number): void => {
    const n = Math.floor((seq - 1) / CAPTIONS_AN_IMAGE)
    const image_id = imageId(n)
    if ((seq - 1) % CAPTIONS_AN_IMAGE === 0) {
      const name = `${pick(THINGS)}-${String(randomInt(random, 1e6)).padStart(6, '0')}.jpg`
      image.run({
        ...{ id: image_id, name, width: 640, height: 480, format: 'jpeg', size_bytes: 50_000 },
        ...{ notes: '[]', class_name: pick(THINGS), added_at: created_at },
      })
      bytes.run({ image_id, thumbnail: thumbnails[n % thumbnails.length] ?? new Uint8Array(2000) })
    }
    const named = pick(THINGS)
    const altText = `${named} ${seq}`
    const { captionerId, bundleSha256, settings, seed } = provenance
    const key = cellKey({ imageId: image_id, altText, captionerId, bundleSha256, settings, seed })
    cell.run({
      ...{ key, image_id, alt_text: altText, captioner_id: captionerId, seed },
      ...{ bundle_sha256: bundleSha256, settings: settingsText(settings) },
    })
    const drawn = pick(THINGS)
    const text = `${LEAD}${drawn} ${pick(WHERE)}, with a ${pick(THINGS)} ${pick(WHERE)}.`
    const ids = Array.from({ length: 14 }, () => randomInt(random, 50_000))
    const row = {
      ...{ seq, id: `caption-${seq}`, cell_key: key, run_id: 'r', image_id },
      ...{ alt_kind: pick(KINDS), text, token_ids: toInt32Blob(ids) },
      log_probs: toFloat64Blob(ids.map(() => -random())),
      ...{ provenance: JSON.stringify(provenance), created_at },
    }
    caption.run({ ...row, checksum: captionChecksum(row) })
    const { scorerId: scorer_id, scorerSha256: scorer_sha256 } = score
    const clip = 20 + 20 * random()
    const scoreRow = {
      ...{ seq, caption_seq: seq, scorer_id, scorer_sha256, clip },
      ...{ score: JSON.stringify({ ...score, clip }), created_at },
    }
    scored.run({ ...scoreRow, checksum: scoreChecksum(scoreRow) })
    if (!marks) return
    const carried = named === drawn
    const proposals = carried
      ? [proposal('caption', drawn, 'carried')]
      : [proposal('caption', drawn, 'erroneous'), proposal('alt-text', named, 'rejected')]
    const set = {
      ...{ caption_seq: seq, matcher: 'bench', context_sha256: hash('context'), created_at },
      ...{ proposals: JSON.stringify(proposals), carried: Number(carried) },
      ...{ rejected: Number(!carried), erroneous: Number(!carried) },
    }
    marked.run({ ...set, checksum: setChecksum(set) })
  }
  for (let seq = 1; seq <= captions;)
    raw.transaction(() => {
      for (const end = Math.min(captions, seq + 20_000 - 1); seq <= end; seq++) one(seq)
    })()
  raw.close()
}

const percentile = (times: readonly number[], share: number): number =>
  times.toSorted((a, b) => a - b)[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0

/** `goalMs`: left out where nobody promised anything. */
function look(
  print: (line: string) => void,
  { what, goalMs }: { readonly what: string; readonly goalMs?: number },
  work: (n: number) => number,
): void {
  let rows = work(0)
  const times: number[] = []
  for (let n = 0; n < LOOKS; n++) {
    const start = performance.now()
    rows = work(n)
    times.push(performance.now() - start)
  }
  const [half, most, worst] = [0.5, 0.95, 1].map((share) => percentile(times, share).toFixed(2))
  print(`  ${what} (${rows} rows): median ${half} ms, p95 ${most} ms, worst ${worst} ms`)
  if (goalMs !== undefined) print(goal(`${what}, p95 in ms`, percentile(times, 0.95), '<=', goalMs))
}

/** Walks a keyset from place to place, from the start again at its end. */
function walk(next: (after: string | null) => { rows: readonly unknown[]; next: string | null }) {
  let after: string | null = null
  return () => {
    const page = next(after)
    after = page.next
    return page.rows.length
  }
}

function lookAt(store: Store, captions: number, print: (line: string) => void): void {
  const random = seededRandom(9)
  const images = Math.ceil(captions / CAPTIONS_AN_IMAGE)
  const goalMs = GOAL_MS
  look(print, { what: 'compare view: an image with its cells', goalMs }, () => {
    const id = imageId(randomInt(random, images))
    store.images.detail(id)
    return store.captions.ofImage(id).length
  })
  // As many as the window asks for at once.
  const library = { limit: 500, search: '', group: null } as const
  for (const sort of ['added', 'name'] as const)
    look(
      print,
      { what: `library, next page by ${sort === 'name' ? 'name' : 'arrival'}`, goalMs },
      walk((after) => store.images.page({ ...library, after, sort })),
    )
  look(
    print,
    { what: 'captions, next page', goalMs },
    walk((after) => store.captions.search({ words: '', after, limit: 10 })),
  )
  look(
    print,
    { what: 'captions with two common words, next page' },
    walk((after) => store.captions.search({ words: 'conch snow', after, limit: 10 })),
  )
}

/** `kept`: a file that is used again, and made where it is missing; otherwise one that is deleted afterwards. */
export async function benchStore(
  { captions, kept }: { readonly captions: number; readonly kept?: string | undefined },
  print: (line: string) => void,
): Promise<void> {
  const folder = mkdtempSync(path.join(tmpdir(), 'realign-store-bench-'))
  const file = kept ?? path.join(folder, 'bench.realign')
  let start = performance.now()
  const seconds = () => ((performance.now() - start) / 1000).toFixed(1)
  try {
    if (!existsSync(file)) {
      ;(await openStore(file)).close()
      fill(file, { captions })
      print(`\nstore: ${captions} captions written in ${seconds()} s`)
    }
    start = performance.now()
    const store = await openStore(file)
    const megabytes = (statSync(file).size / 1e6).toFixed(0)
    print(`  ${store.counts().cells} captions, ${megabytes} MB, opened in ${seconds()} s`)
    lookAt(store, captions, print)
    store.close()
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
