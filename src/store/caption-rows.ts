/** Between rows and cells: how a caption is written, how it is read back, and whether it still is what it was. */
import { sql } from 'kysely'
import {
  AltKind,
  DEFAULT_SETTINGS,
  GenerationSettings,
  Provenance,
  type Cell,
  type Score,
} from '../shared/types.ts'
import { hasTokens } from '../shared/endpoint-names.ts'
import { cellKey } from './cell-key.ts'
import { rowChecksum } from './checksum.ts'
import { currentScore } from './current-score.ts'
import type { Database } from './database.ts'
import { fromFloat64Blob, fromInt32Blob } from './number-blob.ts'
import type { CaptionsTable, ScoresTable } from './tables.ts'

export const captionChecksum = (row: Omit<CaptionsTable, 'checksum'>): string =>
  rowChecksum([
    row.seq,
    row.id,
    row.cell_key,
    row.run_id,
    row.image_id,
    row.alt_kind,
    row.text,
    row.token_ids,
    row.log_probs,
    row.provenance,
    row.created_at,
  ])

export const scoreChecksum = (row: Omit<ScoresTable, 'checksum'>): string =>
  rowChecksum([
    row.seq,
    row.caption_seq,
    row.scorer_id,
    row.scorer_sha256,
    row.clip,
    row.score,
    row.created_at,
  ])

/** Captions with their cell, their score and newest replay; order and limit are the caller's. */
export const selectCells = (db: Database) =>
  db.sql
    .selectFrom('captions')
    .innerJoin('cells', 'cells.key', 'captions.cell_key')
    .leftJoin('scores', (join) => join.on('scores.seq', '=', currentScore))
    .leftJoin('replays', (join) =>
      join.on(
        'replays.seq',
        '=',
        sql<number>`(SELECT max(seq) FROM replays WHERE caption_seq = captions.seq)`,
      ),
    )
    .selectAll('captions')
    .select([
      'replays.identical as replay_identical',
      'replays.caption as replay_caption',
      'replays.max_log_prob_diff as replay_difference',
      'replays.note as replay_note',
      'replays.created_at as replayed_at',
    ])
    .select([
      'cells.image_id as cell_image_id',
      'cells.alt_text',
      'cells.captioner_id',
      'cells.bundle_sha256',
      'cells.settings',
      'cells.seed',
      'cells.prefix',
      'scores.seq as score_seq',
      'scores.scorer_id',
      'scores.scorer_sha256',
      'scores.clip',
      'scores.score',
      'scores.created_at as scored_at',
      'scores.checksum as score_checksum',
    ])

export type CellRow =
  ReturnType<ReturnType<typeof selectCells>['executeTakeFirstOrThrow']> extends Promise<infer R>
    ? R
    : never

export const DAMAGED_NOTE = 'this row no longer matches its checksum: it was changed on disk'

function scoreOf(row: CellRow): { score: Score | null; damaged: boolean } {
  if (row.score === null || row.score_seq === null) return { score: null, damaged: false }
  const damaged =
    row.score_checksum !==
    scoreChecksum({
      seq: row.score_seq,
      caption_seq: row.seq,
      scorer_id: row.scorer_id ?? '',
      scorer_sha256: row.scorer_sha256 ?? '',
      clip: row.clip ?? 0,
      score: row.score,
      created_at: row.scored_at ?? '',
    })
  return { score: damaged ? null : (JSON.parse(row.score) as Score), damaged } // its checksum held: as we wrote it
}

function fromJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined // only a row that changed on disk is no JSON
  }
}

/** Undefined for a free caption; what is no list of numbers agrees with no key. */
const prefixOf = ({ prefix }: CellRow): readonly number[] | undefined => {
  if (prefix === null) return undefined
  const ids = fromJson(prefix)
  return Array.isArray(ids) ? ids.map(Number) : []
}

/** The caption by its checksum, its cell by the key that is a hash of the cell. */
export function isDamaged(row: CellRow): boolean {
  if (captionChecksum(row) !== row.checksum) return true
  const settings = GenerationSettings.safeParse(fromJson(row.settings))
  if (!settings.success) return true
  const prefix = prefixOf(row)
  const key = cellKey({
    imageId: row.cell_image_id,
    altText: row.alt_text,
    captionerId: row.captioner_id,
    bundleSha256: row.bundle_sha256,
    settings: settings.data,
    seed: row.seed,
    ...(prefix && { prefix }),
  })
  return key !== row.cell_key || row.cell_image_id !== row.image_id
}

/** What a changed row says of itself when its provenance cannot be read any more. */
const lostProvenance = (row: CellRow): Provenance => ({
  captionerId: row.captioner_id,
  bundleSha256: row.bundle_sha256,
  variant: '',
  device: '',
  deviceReason: '',
  preprocessing: '',
  runtime: '',
  appVersion: '',
  settings: DEFAULT_SETTINGS,
  seed: row.seed,
  altTokens: 0,
  altCut: false,
  finish: 'length',
  encodeMs: 0,
  prefillMs: 0,
  decodeMs: 0,
  notes: ['provenance: lost'],
})

function replayOf(row: CellRow): Pick<Cell, 'replay'> {
  if (row.replayed_at === null) return {}
  return {
    replay: {
      identical: row.replay_identical === 1,
      caption: row.replay_caption ?? '',
      maxLogProbDiff: row.replay_difference ?? -1,
      note: row.replay_note ?? '',
      at: row.replayed_at,
    },
  }
}

/** A changed row is shown with a note rather than hidden; a changed score is left out. */
export function toCell(row: CellRow): Cell {
  const { score, damaged: scoreDamaged } = scoreOf(row)
  const parsed = Provenance.safeParse(fromJson(row.provenance))
  const provenance = parsed.success ? parsed.data : lostProvenance(row)
  const told = hasTokens(row.captioner_id)
  const logProb = fromFloat64Blob(row.log_probs).reduce((sum, value) => sum + value, 0)
  const tokens = fromInt32Blob(row.token_ids).length
  const written = provenance.finish === 'eos' ? Math.max(0, tokens - 1) : tokens
  const notes = [...provenance.notes]
  if (isDamaged(row)) notes.push(DAMAGED_NOTE)
  if (scoreDamaged) notes.push(`score: ${DAMAGED_NOTE}`)
  const altKind = AltKind.safeParse(row.alt_kind)
  return {
    id: row.id,
    runId: row.run_id,
    imageId: row.image_id,
    altKind: altKind.success ? altKind.data : 'free',
    altText: row.alt_text,
    captionerId: row.captioner_id,
    seed: provenance.seed,
    caption: row.text,
    tokenCount: told ? written : null,
    logProb: told ? logProb : null,
    score,
    provenance: { ...provenance, notes },
    createdAt: row.created_at,
    ...replayOf(row),
  }
}
