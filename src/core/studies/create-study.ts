/** From a request to a study: captions, cards, hidden items, plan, and what it will cost before it starts. */
import { canonicalJson } from '../../shared/canonical-json.ts'
import type { StudyRequest, StudySummary } from '../../shared/contract/studies.ts'
import { RealignError } from '../../shared/errors.ts'
import { plural } from '../../shared/plural.ts'
import type { Protocol } from '../../shared/study-types.ts'
import { timestamp, type Deps } from '../deps.ts'
import { balanceOf, hoursPerRater } from './balance.ts'
import { makePlan } from './make-plan.ts'
import { mergeCards } from './merge-cards.ts'
import { isMain, type Plan, type StudyItem } from './plan-types.ts'
import { makeQualityItems } from './quality-items.ts'
import { imagesForShares, pairsForWinRate } from './statistics/shares.ts'
import { studyCaptions, type CaptionedImage } from './study-captions.ts'
import { TEMPLATES, type Template } from './templates.ts'

const hex = (): string => crypto.randomUUID().replaceAll('-', '')
const bytes = (text: string) => new TextEncoder().encode(text)

function templateOf(id: string): Template {
  const template = TEMPLATES.find((one) => one.id === id)
  if (template) return template
  throw new RealignError('bad-input', `There is no template "${id}"`, {
    hint: `Choose one of ${TEMPLATES.map((one) => one.id).join(', ')}.`,
  })
}

interface Items {
  readonly items: readonly StudyItem[]
  readonly leftOut: number
  readonly warnings: readonly string[]
}

function itemsOf(images: readonly CaptionedImage[], seed: number): Items {
  const warnings: string[] = []
  let [incomplete, same, near] = [0, 0, 0]
  const items = images.flatMap((image): StudyItem[] => {
    const captions = image.captions.filter((text): text is string => text !== null)
    if (captions.length < image.captions.length) {
      incomplete++
      return []
    }
    const merged = mergeCards(captions, `${seed}/cards/${image.imageId}`)
    if (merged.cards.length < 2) {
      same++
      return []
    }
    near += Number(merged.nearlyIdentical.length > 0)
    const { imageId, altText, group, seenBy } = image
    const cards = merged.cards.map((card) => {
      const score = image.scores[card.systems[0] ?? 0]
      const scores = image.otherScores[card.systems[0] ?? 0] ?? {}
      return {
        ...card,
        ...(typeof score === 'number' && { score }),
        ...(Object.keys(scores).length > 0 && { scores }),
      }
    })
    const view = seenBy && { seenBy }
    return [{ id: imageId, imageId, altText, group, ...view, kind: 'main', cards }]
  })
  if (incomplete)
    warnings.push(
      incomplete === 1
        ? '1 image lacks a caption of some system and is left out'
        : `${incomplete} images lack a caption of some system and are left out`,
    )
  if (same)
    warnings.push(
      same === 1
        ? '1 image has the same caption from every system and is left out'
        : `${same} images have the same caption from every system and are left out`,
    )
  if (near)
    warnings.push(
      `${plural(near, 'image')} ${near === 1 ? 'has' : 'have'} nearly identical captions (under 2 % of edits)`,
    )
  return { items, leftOut: incomplete + same, warnings }
}

/** Ids that say nothing: a rater who reads them learns neither item, order nor repeat. */
function withOpaqueIds(plan: Plan, opaque: (id: string) => string): Plan {
  return {
    ...plan,
    assignments: plan.assignments.map((one) => ({
      ...one,
      id: opaque(one.id),
      repeatOf: one.repeatOf === null ? null : opaque(one.repeatOf),
    })),
  }
}

export function summarise(
  plan: Plan,
  about: Pick<StudySummary, 'studyId' | 'systems' | 'leftOut' | 'warnings'>,
): StudySummary {
  const { loads, overlap, slots } = balanceOf(plan)
  const main = plan.items.filter(isMain)
  return {
    ...about,
    items: main.length,
    qualityItems: plan.items.length - main.length,
    loads: [...loads],
    overlap: { ...overlap },
    slots: [...slots].map(([cards, table]) => ({ cards, table: table.map((row) => [...row]) })),
    hoursPerRater: hoursPerRater(plan),
    sampleSize: [
      {
        comparison: 'first-place share 40.8\u00a0% against 25.5\u00a0%',
        images: imagesForShares(0.408, 0.255),
      },
      {
        comparison: 'first-place share 45\u00a0% against 35\u00a0%',
        images: imagesForShares(0.45, 0.35),
      },
      { comparison: 'win rate .60 among decided pairs', images: pairsForWinRate(0.6) },
      { comparison: 'win rate .70 among decided pairs', images: pairsForWinRate(0.7) },
    ],
  }
}

function checkSystems(template: Template, count: number): void {
  const [fewest, most] = template.systems
  if (count >= fewest && count <= most) return
  throw new RealignError(
    'bad-input',
    `${template.name} compares ${fewest === most ? fewest : `${fewest} to ${most}`} systems, not ${count}`,
    { hint: 'Choose other systems or another template.' },
  )
}

/** Makes the plan, and keeps it unless `dryRun`. Fails with 'bad-input' when nothing can be compared. */
export function planStudy(deps: Deps, request: StudyRequest): StudySummary {
  if (new Set(request.raters).size < request.raters.length)
    throw new RealignError('bad-input', 'Two raters have the same name', {
      hint: 'Give every rater a pseudonym of their own.',
    })
  const template = templateOf(request.template)
  const { systems, images } = studyCaptions(deps, request)
  checkSystems(template, systems.length)
  const { items, leftOut, warnings: found } = itemsOf(images, request.seed)
  const warnings = [...found]
  if (items.length === 0) {
    const complete = images.some(({ captions }) => captions.every((text) => text !== null))
    throw complete
      ? new RealignError('bad-input', 'No image has two captions that differ', {
          hint: [...warnings, 'Choose systems that say different things.'].join('. '),
        })
      : new RealignError('bad-input', 'No image has captions of all these systems', {
          hint: [...warnings, 'Caption the images under every condition first.'].join('. '),
        })
  }
  const criteria = request.criteria ?? template.criteria
  const ordered = criteria.some(({ format }) => format !== 'flags')
  const quality = ordered ? makeQualityItems(items, request.quality, request.seed) : []
  const raters = request.raters.length
  const ratersPerItem = request.ratersPerItem ?? Math.min(3, raters)
  if (items.length < 20) warnings.push('With fewer than 20 images every interval will be very wide')
  const drawn = makePlan({
    seed: request.seed,
    items: [...items, ...quality],
    raters,
    ratersPerItem,
    repeatShare: request.repeatShare,
    anchors: request.anchors,
  })
  const nonce = hex()
  const plan = withOpaqueIds(drawn, (id) => deps.sha256(bytes(`${nonce}/${id}`)).slice(0, 32))
  const names = systems.map(({ name }) => name)
  if (request.dryRun) return summarise(plan, { studyId: null, systems: names, leftOut, warnings })
  const protocol: Protocol = {
    version: 1,
    id: hex(),
    name: request.name,
    title: request.title,
    template: template.id,
    instructions: request.instructions ?? template.instructions,
    consent: request.consent,
    criteria: [...criteria],
    systems: [...systems],
    reveal: request.reveal ?? template.reveal,
    seed: request.seed,
    raters: [...request.raters],
    ratersPerItem,
    repeatShare: request.repeatShare,
    exclusion: request.exclusion,
    contentSha256: deps.sha256(bytes(canonicalJson(plan.items))),
    createdAt: timestamp(deps),
    appVersion: deps.appVersion,
  }
  deps.store.studies.create({ protocol, plan })
  return summarise(plan, { studyId: protocol.id, systems: names, leftOut, warnings })
}
