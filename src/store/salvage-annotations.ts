/** Stand-ins for what was lost of rounds of annotation, so that what people wrote can still be looked at and exported. */
import { sql } from 'kysely'
import { canonicalJson } from '../shared/canonical-json.ts'
import { annotatedImageChecksum, annotationChecksum } from './annotation-rows.ts'
import { sha256 } from './checksum.ts'
import type { Database } from './database.ts'

const UNKNOWN = 'lost with the damaged file'

/** A plan that says of everything that it is not known. */
export function lostAnnotation(id: string) {
  const plan = canonicalJson({
    id,
    name: `salvaged ${id.slice(0, 8)}`,
    createdAt: new Date().toISOString(),
    start: { from: 'alt-text' },
    annotators: [UNKNOWN],
    swap: false,
    seed: 0,
    guideline: { goal: '', steps: [], openings: [], rules: [] },
  })
  return { id, plan, checksum: annotationChecksum({ id, plan }) }
}

/** Gives every rewritten image that lost its place one behind all others; its alt-text and start are not known. */
export function lostPlaces(
  db: Database,
): readonly { readonly row: string; readonly reason: string }[] {
  const query = sql<{ annotation_id: string; image_id: string }>`
    SELECT DISTINCT annotation_id, image_id FROM rewrites r WHERE NOT EXISTS (
      SELECT 1 FROM annotation_images i WHERE i.annotation_id = r.annotation_id AND i.image_id = r.image_id)`
  const homeless = db.all<{ annotation_id: string; image_id: string }>({
    compile: () => query.compile(db.sql),
  })
  db.transaction(() => {
    for (const lost of homeless) {
      const last = db.get(
        db.sql
          .selectFrom('annotation_images')
          .select((e) => e.fn.max('place').as('last'))
          .where('annotation_id', '=', lost.annotation_id),
      )
      const place = (last?.last ?? -1) + 1
      const words = { alt_text: '', start_text: '', start_sha256: sha256('') }
      const row = { ...lost, place, dealt: place, ...words }
      const checksum = annotatedImageChecksum(row)
      db.run(db.sql.insertInto('annotation_images').values({ ...row, checksum }))
    }
  })
  return homeless.map(({ image_id: row }) => ({
    ...{
      row,
      reason: 'its texts are kept; its alt-text, start and place in the annotation are lost',
    },
  }))
}
