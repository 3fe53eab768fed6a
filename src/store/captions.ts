/** Cells, captions, scores and replays: written once, in one transaction each, never changed. */
import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import type { CaptionStore, CellIdentity, NewCaption } from '../core/store-port.ts'
import { RealignError } from '../shared/errors.ts'
import { AltKind, type Cell, type Score } from '../shared/types.ts'
import { captionChecksum, scoreChecksum, selectCells, toCell } from './caption-rows.ts'
import { cellKey, settingsText } from './cell-key.ts'
import { SCORER_SETTING } from './current-score.ts'
import { setSetting, settingOf } from './settings.ts'
import type { Database } from './database.ts'
import { fromFloat64Blob, fromInt32Blob, toFloat64Blob, toInt32Blob } from './number-blob.ts'

/** Every word as itself, the last one also as a beginning; nothing of it is query syntax. */
export function toFtsQuery(words: string): string | null {
  const parts = words
    .toWellFormed()
    .split(/[^\p{L}\p{N}\p{M}]+/u)
    .filter(Boolean)
    .map((word) => `"${word}"`)
  return parts.length === 0 ? null : `${parts.join(' ')}*`
}

export function createCaptionStore(db: Database): CaptionStore {
  const nextSeq = (table: 'captions' | 'scores'): number =>
    (db.get(db.sql.selectFrom(table).select((e) => e.fn.max('seq').as('last')))?.last ?? 0) + 1

  function seqOf(cellId: string): number {
    const row = db.get(db.sql.selectFrom('captions').select('seq').where('id', '=', cellId))
    if (!row) throw new RealignError('not-found', 'There is no such cell')
    return row.seq
  }

  function bySeq(seq: number): Cell {
    const row = db.get(selectCells(db).where('captions.seq', '=', seq))
    if (!row) throw new RealignError('store-corrupt', `Row ${seq} of captions is gone`)
    return toCell(row)
  }

  function insertCell(key: string, identity: CellIdentity): void {
    db.run(
      db.sql
        .insertInto('cells')
        .values({
          key,
          image_id: identity.imageId,
          alt_text: identity.altText,
          captioner_id: identity.captionerId,
          bundle_sha256: identity.bundleSha256,
          settings: settingsText(identity.settings),
          seed: identity.seed,
          prefix: identity.prefix ? JSON.stringify(identity.prefix) : null,
        })
        .onConflict((conflict) => conflict.column('key').doNothing()),
    )
  }

  function insertCaption(key: string, caption: NewCaption): number {
    const row = {
      seq: nextSeq('captions'),
      id: randomUUID(),
      cell_key: key,
      run_id: caption.runId,
      image_id: caption.identity.imageId,
      alt_kind: caption.altKind,
      text: caption.text,
      token_ids: toInt32Blob(caption.tokenIds),
      log_probs: toFloat64Blob(caption.logProbs),
      provenance: JSON.stringify(caption.provenance),
      created_at: caption.createdAt,
    }
    db.run(db.sql.insertInto('captions').values({ ...row, checksum: captionChecksum(row) }))
    return row.seq
  }

  function insertScore(captionSeq: number, score: Score, createdAt: string): void {
    const row = {
      seq: nextSeq('scores'),
      caption_seq: captionSeq,
      scorer_id: score.scorerId,
      scorer_sha256: score.scorerSha256,
      clip: score.clip,
      score: JSON.stringify(score),
      created_at: createdAt,
    }
    db.run(
      db.sql
        .insertInto('scores')
        .values({ ...row, checksum: scoreChecksum(row) })
        .onConflict((conflict) => conflict.columns(['caption_seq', 'scorer_sha256']).doNothing()),
    )
  }

  const listed = (imageId: string, branches: boolean): readonly Cell[] =>
    db
      .all(
        selectCells(db)
          .where('captions.image_id', '=', imageId)
          .where('cells.prefix', branches ? 'is not' : 'is', null)
          .orderBy('captions.seq'),
      )
      .map(toCell)

  return {
    add: (caption) =>
      db.transaction(() => {
        const key = cellKey(caption.identity)
        insertCell(key, caption.identity)
        return bySeq(insertCaption(key, caption))
      }),
    find(identity) {
      const row = db.get(
        selectCells(db)
          .where('captions.cell_key', '=', cellKey(identity))
          .orderBy('captions.seq', 'desc')
          .limit(1),
      )
      return row && toCell(row)
    },
    get(cellId) {
      const row = db.get(selectCells(db).where('captions.id', '=', cellId))
      return row && toCell(row)
    },
    tokens(cellId) {
      const row = db.get(selectCells(db).where('captions.id', '=', cellId))
      return (
        row && {
          captionerId: row.captioner_id,
          tokenIds: fromInt32Blob(row.token_ids),
          logProbs: fromFloat64Blob(row.log_probs),
        }
      )
    },
    ofImage: (imageId) => listed(imageId, false),
    branchesOf: (imageId) => listed(imageId, true),
    sourcesOf: (imageIds) =>
      db
        .all(
          db.sql
            .selectFrom('captions')
            .innerJoin('cells', 'cells.key', 'captions.cell_key')
            .select([
              'cells.captioner_id as captionerId',
              'captions.alt_kind as altKind',
              (e) => e.fn.count<number>('captions.image_id').distinct().as('images'),
            ])
            .where('captions.image_id', 'in', imageIds)
            .where('cells.prefix', 'is', null)
            .groupBy(['cells.captioner_id', 'captions.alt_kind'])
            .orderBy((e) => e.fn.min('captions.seq')),
        )
        .map((row) => ({ ...row, altKind: AltKind.catch('free').parse(row.altKind) })),
    search({ words, after, limit }) {
      const match = toFtsQuery(words)
      let query = selectCells(db)
        .orderBy('captions.seq', 'desc')
        .limit(limit + 1)
      const before = after === null ? Number.MAX_SAFE_INTEGER : Number(after)
      if (!Number.isSafeInteger(before))
        throw new RealignError('bad-input', 'This place in the list is not known')
      if (match === null) query = query.where('captions.seq', '<', before)
      else {
        const found = sql<number>`(SELECT rowid FROM caption_words
          WHERE caption_words MATCH ${match} AND rowid < ${before}
          ORDER BY rowid DESC LIMIT ${limit + 1})`
        query = query.where('captions.seq', 'in', found)
      }
      const rows = db.all(query)
      const shown = rows.slice(0, limit)
      const last = shown.at(-1)
      const next = rows.length > limit && last ? String(last.seq) : null
      return { rows: shown.map(toCell), next }
    },
    addScore: (cellId, score, createdAt) =>
      db.transaction(() => {
        const seq = seqOf(cellId)
        insertScore(seq, score, createdAt)
        return bySeq(seq)
      }),
    lackingScore: (imageIds, scorerSha256) =>
      db.all(
        db.sql
          .selectFrom('captions')
          .select(['image_id as imageId', (e) => e.fn.countAll<number>().as('captions')])
          .where('image_id', 'in', imageIds)
          .where(
            sql<boolean>`NOT EXISTS (SELECT 1 FROM scores
              WHERE caption_seq = captions.seq AND scorer_sha256 = ${scorerSha256})`,
          )
          .groupBy('image_id'),
      ),
    scorerInUse: () => settingOf(db, SCORER_SETTING) ?? null,
    useScorer: (id) => setSetting(db, SCORER_SETTING, id),
    addReplay(replay) {
      db.run(
        db.sql.insertInto('replays').values({
          caption_seq: seqOf(replay.cellId),
          identical: Number(replay.identical),
          caption: replay.caption,
          max_log_prob_diff: replay.maxLogProbDiff,
          note: replay.note,
          created_at: replay.createdAt,
        }),
      )
    },
  }
}
