/** Every rewrite as one line of JSON: what a file of versions holds, and what provenance of captions made from them names. */
import type { PlacedRewrite } from '../annotation-store.ts'

/** Keys always in this order, so that the same rewrites are the same bytes. */
export const versionLine = (one: PlacedRewrite): string =>
  `${JSON.stringify({
    image_sha256: one.imageId,
    round: one.round,
    annotator: one.annotator,
    text: one.text,
    steps: one.steps,
    note: one.note,
    seconds: one.seconds,
    created_at: one.createdAt,
    id: one.id,
  })}\n`
