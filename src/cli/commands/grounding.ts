/** `realign grounding evaluate`: how well the machine's marks agree with drawn pictures of known truth. */
import { drawPicture, setMember } from '../../fieldguide/picture.ts'
import { PLATES } from '../../fieldguide/plates.ts'
import { measureMatcher, MEASURED, type Figures } from '../../core/grounding/evaluate-matcher.ts'
import { MATCHER } from '../../core/grounding/propose-marks.ts'
import { nameKey } from '../../core/grounding/tokens.ts'
import { fieldGuideTaxonomy, withNames } from '../../core/probes/field-guide-taxonomy.ts'
import { seededRandom } from '../../shared/random.ts'
import { readKnownNames } from '../../workbench/known-names.ts'
import { note, print, printJson, safe } from '../output.ts'
import { createProgress } from '../progress.ts'

export interface GroundingFlags {
  readonly fieldguide: string
  readonly count: number
  readonly seed: number
  /** Print so many cases where a mark is missing or too many. */
  readonly misses: number
  /** The matcher knows the names of the field guide only. */
  readonly unknownNames?: boolean
  readonly json?: boolean
}

const show = (label: string, { precision, recall, f1, proposed, expected }: Figures): void => {
  const percent = (value: number) => value.toFixed(4).padStart(7)
  print(
    `  ${label.padEnd(32)}F1${percent(f1)}  precision${percent(precision)}  recall${percent(recall)}  (${expected} true, ${proposed} proposed)`,
  )
}

export async function groundingEvaluateCommand(flags: GroundingFlags): Promise<number> {
  const progress = createProgress(flags.json)
  const truths = Array.from({ length: flags.count }, (_, i) => {
    progress.show(i / flags.count, `picture ${i + 1}`)
    // Only the truth is wanted: with hardly any marks of the pen the drawing costs nothing.
    return drawPicture(setMember(flags.fieldguide, i).seed, { detail: 0.05 }).truth
  })
  progress.stop()
  const names = await readKnownNames()
  const taxonomy = flags.unknownNames ? fieldGuideTaxonomy() : withNames(names)
  const drawn = new Set(PLATES.flatMap(({ species }) => species.map(({ name }) => nameKey(name))))
  const families = new Set(PLATES.map(({ family }) => family))
  const strangers = names.families
    .filter(({ family, group }) => group === 'animal' && !families.has(family))
    .flatMap(({ names: all }) => all.map(([name, latin]) => ({ name, latin: latin ?? '' })))
    .filter(({ name }) => !drawn.has(nameKey(name)))
  const options = { random: seededRandom(flags.seed), strangers }
  const report = measureMatcher(truths, taxonomy, options)
  const { figures, erroneousByClass, cases, byKind, misses } = report
  if (flags.json) {
    printJson({
      matcher: MATCHER,
      pictures: flags.count,
      cases,
      figures,
      erroneousByClass,
      byKind,
      misses: misses.slice(0, flags.misses),
    })
    return 0
  }
  print(`${MATCHER}: ${cases} captions of ${flags.count} pictures`)
  for (const name of MEASURED) show(name, figures[name])
  show('erroneous, class name given', erroneousByClass)
  for (const [kind, { cases: n, wrong }] of Object.entries(byKind))
    print(`  ${kind.padEnd(44)}${n - wrong} of ${n} captions right`)
  for (const { kind, altText, caption, missing, extra } of misses.slice(0, flags.misses)) {
    note(`\n${kind}\n  alt     ${safe(altText)}\n  caption ${safe(caption)}`)
    const words = (one: { place: string; start: number; end: number }) =>
      safe((one.place === 'caption' ? caption : altText).slice(one.start, one.end))
    for (const one of missing) note(`  missing ${one.markClass}: ${words(one)}`)
    for (const one of extra)
      note(`  extra   ${one.markClass}: ${words(one)} (${one.explanation.rule})`)
  }
  return 0
}
