/** A pack and images -> the alt-texts of every row, or what is missing and where the pack asks for it. */
import type { Condition } from '../../shared/contract/comparisons.ts'
import type { PackProblem } from '../../shared/contract/probes.ts'
import { MAX_ALT_CHARS } from '../../shared/types.ts'
import { RealignError } from '../../shared/errors.ts'
import type { Deps } from '../deps.ts'
import { classNameOf } from '../grounding/marks.ts'
import { derange } from './derange.ts'
import { drawText, type ProbedImage } from './draw-texts.ts'
import type { ReadPack } from './read-pack.ts'

export interface ProbeRow {
  readonly imageId: string
  readonly conditions: readonly Condition[]
}

export interface ProbePlan {
  readonly rows: readonly ProbeRow[]
  readonly problems: readonly PackProblem[]
  /** What is left out because the pack says so. */
  readonly skipped: readonly PackProblem[]
}

/** Images as the pack sees them. Fails with 'not-found'. */
function probed(
  { store }: Deps,
  imageIds: readonly string[],
  seed: number,
): readonly ProbedImage[] {
  const facts = imageIds.map((imageId) => {
    const detail = store.images.detail(imageId)
    if (!detail) throw new RealignError('not-found', 'This image is not in the workspace')
    const ownAlt = detail.altTexts.findLast(({ kind }) => kind === 'own')?.text ?? null
    const { name, truth } = detail
    return { imageId, name, truth, ownAlt, className: classNameOf(detail) }
  })
  // In the order of their content, so that the draw does not depend on how the images were listed.
  const withText = facts
    .filter(({ ownAlt, className }) => ownAlt !== null || className !== null)
    .sort((a, b) => (a.imageId < b.imageId ? -1 : 1))
  const texts = withText.map(({ ownAlt, className }) => ownAlt ?? className ?? '')
  const to = derange(texts, seed)
  const given = new Map(withText.map(({ imageId }, i) => [imageId, to ? texts[to[i]!]! : null]))
  return facts.map((one) => ({ ...one, random: given.get(one.imageId) ?? null }))
}

/** Every problem names the kind that asks for what is missing; with `missing: skip` the cell is left out. */
export function planProbes(
  deps: Deps,
  { pack, taxonomy }: ReadPack,
  ids: readonly string[],
): ProbePlan {
  const images = probed(deps, [...new Set(ids)], pack.seed)
  const problems: PackProblem[] = []
  const lacking = new Map<number, string[]>()
  const rows = images.map((image) => ({
    imageId: image.imageId,
    conditions: pack.kinds.flatMap((kind, i): Condition[] => {
      const drawn = drawText(kind, image, { taxonomy, seed: pack.seed })
      if ('text' in drawn) return [{ altKind: kind.kind, text: drawn.text.slice(0, MAX_ALT_CHARS) }]
      lacking.set(i, [...(lacking.get(i) ?? []), drawn.lacks])
      return []
    }),
  }))
  for (const [i, reasons] of lacking) {
    const more = reasons.length > 1 ? ` (and ${reasons.length - 1} more images)` : ''
    const kind = pack.kinds[i]?.kind ?? ''
    problems.push({ path: ['kinds', i], message: `${kind}: ${reasons[0] ?? ''}${more}` })
  }
  const refuse = pack.missing === 'refuse'
  return {
    rows: rows.filter(({ conditions }) => conditions.length > 0),
    problems: refuse ? problems : [],
    skipped: refuse ? [] : problems,
  }
}
