/** The sample project of a first start: drawn pictures with known truth, and their Table-3 rows. */
import { fieldGuideTaxonomy } from '../core/probes/field-guide-taxonomy.ts'
import { knownTruth } from '../core/probes/truth-lines.ts'
import { distance } from '../core/probes/taxonomy.ts'
import { nameKey } from '../core/grounding/tokens.ts'
import { article } from '../fieldguide/caption.ts'
import { drawPicture, type PictureTruth } from '../fieldguide/picture.ts'
import { SAMPLE } from '../fieldguide/sample.ts'
import { throwIfAborted } from '../shared/errors.ts'
import type { Condition } from '../shared/contract/comparisons.ts'
import type { RenderDrawing } from './field-guide.ts'
import type { PrepareSample } from './sample-project.ts'

const SIDE = 768

/** Another member of the sample, half the list away and with no kind in common: plainly wrong, to be refused. */
export function wrongFor(truths: readonly PictureTruth[], index: number): string {
  const own = truths[index]
  const taxonomy = fieldGuideTaxonomy()
  for (let step = truths.length >> 1; step < 2 * truths.length; step++) {
    const other = truths[(index + step) % truths.length]
    if (!own || !other) continue
    const [a, b] = [nameKey(own.species.name), nameKey(other.species.name)]
    if (distance(taxonomy, a, b) === Infinity)
      return `${article(other.species.name)} ${other.species.name}`
  }
  return 'a lighthouse'
}

interface Row {
  readonly imageId: string
  readonly conditions: Condition[]
}

/**
 * The first picture is captioned at once: it is the one that is open, and a comparison says more than a full
 * list. Then the others are added, so that there is something to look at, and captioned one by one.
 */
export const fillSample =
  (render: RenderDrawing): PrepareSample =>
  async ({ add, client, signal }) => {
    const pictures = SAMPLE.map(({ seed, file }) => drawPicture(seed, { size: SIDE, file }))
    const truths = pictures.map(({ truth }) => truth)
    const rows: Row[] = []
    const caption = async ({ imageId, conditions }: Row): Promise<void> => {
      const work = client.run('comparisons.run', { imageIds: [imageId], conditions }, { signal })
      while (!(await work.next()).done);
    }
    for (const [i, { svg, truth }] of pictures.entries()) {
      const known = knownTruth(truth)
      const { className } = known
      const wrong = wrongFor(truths, i)
      const imageId = await add({
        name: truth.file,
        bytes: await render(svg, SIDE),
        ...known,
        altTexts: [{ kind: 'wrong', text: wrong }],
      })
      const conditions: Condition[] = [
        { altKind: 'empty', text: '' },
        { altKind: 'class-name', text: className },
        { altKind: 'wrong', text: wrong },
      ]
      rows.push({ imageId, conditions })
      if (i > 0) continue
      try {
        await caption({ imageId, conditions })
      } catch {
        throwIfAborted(signal) // otherwise said below, when all pictures are there
      }
    }
    for (const row of rows) await caption(row)
  }
