/** Rounds of annotation: plans, images, rewrites and scores of texts, each written once and read back as written. */
import { sql, type Selectable } from 'kysely'
import { z } from 'zod'
import type {
  AnnotatedImage,
  AnnotationPlan,
  AnnotationStore,
  Standing,
  UnscoredText,
} from '../core/annotations/annotation-store.ts'
import { Guideline, StartText, type AnnotationSummary } from '../shared/annotation.ts'
import { canonicalJson } from '../shared/canonical-json.ts'
import { RealignError } from '../shared/errors.ts'
import {
  annotatedImageChecksum,
  annotationChecksum,
  rewriteChecksum,
  roundChecksum,
  textScoreChecksum,
  toRewrite,
} from './annotation-rows.ts'
import type { AnnotationImagesTable } from './annotations-tables.ts'
import { sha256 } from './checksum.ts'
import { DAMAGED_HINT, type Database } from './database.ts'

const Plan = z.object({
  id: z.string(),
  name: z.string(),
  createdAt: z.string(),
  start: StartText,
  annotators: z.array(z.string()),
  swap: z.boolean(),
  seed: z.number(),
  guideline: Guideline,
})

const changed = (what: string) =>
  new RealignError('store-corrupt', `${what} no longer matches its checksum`, {
    hint: DAMAGED_HINT,
  })

/** Enough of a text to recognise it in a list. */
const BEGINNING_CHARS = 160

/** The round that is open: the last that was opened or, after a salvage, written. Null for a plan that was never finished. */
const OPEN_ROUND = sql`nullif(max(
  coalesce((SELECT max(round) FROM annotation_rounds r WHERE r.annotation_id = a.id), 0),
  coalesce((SELECT max(round) FROM rewrites r WHERE r.annotation_id = a.id), 0)), 0)`

const summaries = (where: ReturnType<typeof sql>) => sql<{
  id: string
  plan: string
  images: number
  open_round: number
  done: number
}>`
  SELECT id, plan, open_round,
    (SELECT count(*) FROM annotation_images i WHERE i.annotation_id = s.id) AS images,
    (SELECT count(DISTINCT image_id) FROM rewrites r
       WHERE r.annotation_id = s.id AND r.round = s.open_round) AS done
  FROM (SELECT a.seq, a.id, a.plan, ${OPEN_ROUND} AS open_round FROM annotations a ${where}) s
  WHERE open_round IS NOT NULL ORDER BY seq DESC`

/** Every text once for an image, start texts too, that this scorer has not scored. */
const unscoredTexts = (annotationId: string, scorerSha256: string) => sql`
  SELECT image_id, text_sha256, min(text) AS text FROM (
    SELECT image_id, start_sha256 AS text_sha256, start_text AS text
      FROM annotation_images WHERE annotation_id = ${annotationId} AND start_text <> ''
    UNION ALL
    SELECT image_id, text_sha256, text FROM rewrites WHERE annotation_id = ${annotationId})
  t WHERE NOT EXISTS (SELECT 1 FROM text_scores s WHERE s.image_id = t.image_id
    AND s.text_sha256 = t.text_sha256 AND s.scorer_sha256 = ${scorerSha256})
  GROUP BY image_id, text_sha256`

export function createAnnotationStore(db: Database): AnnotationStore {
  const compiled = <R>(query: ReturnType<typeof sql<R>>) => ({
    compile: () => query.compile(db.sql),
  })
  const summariesWhere = (where: ReturnType<typeof sql>): AnnotationSummary[] =>
    db.all(compiled(summaries(where))).map((row) => {
      const plan = parsed(row.plan)
      return {
        id: row.id,
        name: plan?.name ?? `damaged ${row.id.slice(0, 8)}`,
        createdAt: plan?.createdAt ?? '',
        images: row.images,
        openRound: row.open_round,
        done: row.done,
      }
    })

  function parsed(text: string): AnnotationPlan | null {
    try {
      return Plan.parse(JSON.parse(text))
    } catch {
      return null // only a row that changed on disk
    }
  }

  const imageRows = (annotationId: string) =>
    db.sql.selectFrom('annotation_images').selectAll().where('annotation_id', '=', annotationId)

  function toImage(row: Selectable<AnnotationImagesTable>): AnnotatedImage {
    if (annotatedImageChecksum(row) !== row.checksum)
      throw changed(`Image ${row.place + 1} of an annotation`)
    const { image_id: imageId, place, dealt, alt_text: altText, start_text: start } = row
    return { imageId, place, dealt, altText, start }
  }

  return {
    begin(plan) {
      const text = canonicalJson(plan)
      const row = { id: plan.id, plan: text }
      db.run(db.sql.insertInto('annotations').values({ ...row, checksum: annotationChecksum(row) }))
    },
    addImages(annotationId, images) {
      db.transaction(() => {
        for (const { imageId, place, dealt, altText, start } of images) {
          const row = {
            ...{ annotation_id: annotationId, place, dealt, image_id: imageId },
            ...{ alt_text: altText, start_text: start, start_sha256: sha256(start) },
          }
          const checksum = annotatedImageChecksum(row)
          db.run(db.sql.insertInto('annotation_images').values({ ...row, checksum }))
        }
      })
    },
    openRound(annotationId, round, at) {
      const row = { annotation_id: annotationId, round, opened_at: at }
      db.run(
        db.sql.insertInto('annotation_rounds').values({ ...row, checksum: roundChecksum(row) }),
      )
    },
    list: () => summariesWhere(sql``),
    summary: (annotationId) => summariesWhere(sql`WHERE a.id = ${annotationId}`)[0],
    plan(annotationId) {
      const row = db.get(
        db.sql.selectFrom('annotations').selectAll().where('id', '=', annotationId),
      )
      if (!row) return undefined
      const plan = parsed(row.plan)
      if (!plan || annotationChecksum(row) !== row.checksum)
        throw changed('The plan of an annotation')
      return plan
    },
    image(annotationId, imageId) {
      const row = db.get(imageRows(annotationId).where('image_id', '=', imageId))
      return row && toImage(row)
    },
    images: (annotationId, after, limit) =>
      db
        .all(imageRows(annotationId).where('place', '>', after).orderBy('place').limit(limit))
        .map(toImage),
    standings: (annotationId, after, limit) =>
      db
        .all(
          compiled(sql<Omit<Standing, 'written'> & { written: number | null }>`
            SELECT i.image_id AS imageId, m.name AS imageName, i.place, i.dealt, r.round AS written,
              r.annotator AS writer, substr(coalesce(r.text, i.start_text), 1, ${BEGINNING_CHARS}) AS beginning
            FROM annotation_images i JOIN images m ON m.id = i.image_id
            LEFT JOIN rewrites r ON r.seq = (
              SELECT seq FROM rewrites w WHERE w.annotation_id = i.annotation_id AND w.image_id = i.image_id
              ORDER BY round DESC, seq DESC LIMIT 1)
            WHERE i.annotation_id = ${annotationId} AND i.place > ${after}
            ORDER BY i.place LIMIT ${limit}`),
        )
        .map((row) => ({ ...row, written: row.written ?? 1 })),
    rewritesOf: (annotationId, imageId) =>
      db
        .all(
          db.sql
            .selectFrom('rewrites')
            .selectAll()
            .where('annotation_id', '=', annotationId)
            .where('image_id', '=', imageId)
            .orderBy('seq'),
        )
        .map(toRewrite),
    rewritesAt: (annotationId, from, to) =>
      db
        .all(
          db.sql
            .selectFrom('annotation_images as i')
            .innerJoin('rewrites as r', (join) =>
              join
                .onRef('r.annotation_id', '=', 'i.annotation_id')
                .onRef('r.image_id', '=', 'i.image_id'),
            )
            .selectAll('r')
            .where('i.annotation_id', '=', annotationId)
            .where('i.place', '>=', from)
            .where('i.place', '<', to)
            .orderBy('i.place')
            .orderBy('r.seq'),
        )
        .map(toRewrite),
    rewritesAfter(annotationId, seq, limit) {
      const rows = db.all(
        db.sql
          .selectFrom('rewrites')
          .selectAll()
          .where('annotation_id', '=', annotationId)
          .where('seq', '>', seq)
          .orderBy('seq')
          .limit(limit),
      )
      const next = rows.length < limit ? null : (rows.at(-1)?.seq ?? null)
      return { rewrites: rows.map(toRewrite), next }
    },
    addRewrite(rewrite) {
      const row = {
        ...{ id: rewrite.id, annotation_id: rewrite.annotationId, image_id: rewrite.imageId },
        ...{ round: rewrite.round, annotator: rewrite.annotator, text: rewrite.text },
        ...{ text_sha256: sha256(rewrite.text), steps: JSON.stringify(rewrite.steps) },
        ...{ note: rewrite.note, seconds: rewrite.seconds, created_at: rewrite.createdAt },
      }
      db.run(db.sql.insertInto('rewrites').values({ ...row, checksum: rewriteChecksum(row) }))
    },
    unscored: (annotationId, scorerSha256) =>
      db.all(
        compiled(
          sql<UnscoredText>`SELECT image_id AS imageId, text FROM (${unscoredTexts(annotationId, scorerSha256)})`,
        ),
      ),
    countUnscored: (annotationId, scorerSha256) =>
      db.get(
        compiled(
          sql<{
            n: number
          }>`SELECT count(*) AS n FROM (${unscoredTexts(annotationId, scorerSha256)})`,
        ),
      )?.n ?? 0,
    addScores(scores, at) {
      db.transaction(() => {
        for (const { imageId, text, score } of scores) {
          const row = {
            ...{ image_id: imageId, text_sha256: sha256(text), scorer_id: score.scorerId },
            ...{ scorer_sha256: score.scorerSha256, clip: score.clip },
            ...{ score: canonicalJson(score).toWellFormed(), created_at: at },
          }
          db.run(
            db.sql
              .insertInto('text_scores')
              .values({ ...row, checksum: textScoreChecksum(row) })
              .onConflict((conflict) =>
                conflict.columns(['image_id', 'text_sha256', 'scorer_sha256']).doNothing(),
              ),
          )
        }
      })
    },
    clip(imageId, text, scorerSha256) {
      const row = db.get(
        db.sql
          .selectFrom('text_scores')
          .selectAll()
          .where('image_id', '=', imageId)
          .where('text_sha256', '=', sha256(text))
          .where('scorer_sha256', '=', scorerSha256),
      )
      return row && textScoreChecksum(row) === row.checksum ? row.clip : undefined
    },
  }
}
