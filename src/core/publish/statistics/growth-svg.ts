/** The growth curves as one SVG for a paper: a panel for words, one for trigrams; names stand at the ends of the lines. */
import { plural } from '../../../shared/plural.ts'
import { roundValues } from '../../../shared/round-values.ts'
import type { GrowthPoint } from '../../text-statistics/vocabulary.ts'
import { ALT_TEXT_ITSELF } from '../base-row.ts'
import { kindLabel, nameIn, type BundleNames } from '../bundle-names.ts'
import { escapeHtml } from '../escape-html.ts'
import { visibleLine } from '../visible.ts'
import type { Statistics } from './figures.ts'
import { rowLabel } from './notes.ts'

interface Curve {
  readonly name: string
  /** " (class name)"; '' of the alt-texts themselves. */
  readonly kind: string
  readonly points: readonly GrowthPoint[]
}

type Value = 'types' | 'trigrams'
const PANELS: readonly { readonly value: Value; readonly title: string }[] = [
  { value: 'types', title: 'Different words' },
  { value: 'trigrams', title: 'Different trigrams' },
]

const [LEFT, PLOT, NAMES, WIDTH] = [64, 330, 236, 640]
const [TOP, PLOT_HEIGHT, BOTTOM] = [30, 210, 44]
const NAME_HEIGHT = 15
const [INK, LINE, GRID] = ['#171a19', '#7e8783', '#e3e6e4']
/** Dark enough for thin lines on paper; what tells curves apart are marks, dashes and names. */
const TONES = ['#0a665b', '#171a19', '#5c6461', '#2e7d72']
const DASHES = ['', '7 3', '2 3', '9 3 2 3']

/** Around (0, 0); every other one is hollow. */
const MARKS = [
  'M-3.5 0a3.5 3.5 0 1 0 7 0a3.5 3.5 0 1 0-7 0Z',
  'M-3.2-3.2h6.4v6.4h-6.4Z',
  'M0-4.2 4 3.2h-8Z',
  'M0-4.4 4.4 0 0 4.4-4.4 0Z',
  'M0 4.2 4-3.2h-8Z',
] as const

const markOf = (at: number): string => MARKS[at % MARKS.length] ?? MARKS[0]
const toneOf = (at: number): string => TONES[at % TONES.length] ?? INK
/** Marks come round after five, dashes after four: twenty curves differ in black and white. */
const dashOf = (at: number): string => DASHES[at % DASHES.length] ?? ''

const px = (value: number): string => String(Math.round(value * 10) / 10)
const count = new Intl.NumberFormat('en')

interface Letters {
  readonly size?: number
  readonly anchor?: 'start' | 'middle' | 'end'
  readonly weight?: number
}

/** The only way for words into the figure. */
const textAt = (x: number, y: number, words: string, letters: Letters = {}): string => {
  const { size = 11, anchor = 'start', weight = 400 } = letters
  return `<text x="${px(x)}" y="${px(y)}" text-anchor="${anchor}" font-size="${size}" font-weight="${weight}" fill="${INK}">${escapeHtml(visibleLine(words))}</text>`
}

/** About as wide as sans-serif letters of size 11 are; Chinese ones are twice as wide. */
const widthOf = (character: string): number => ((character.codePointAt(0) ?? 0) > 0x2e7f ? 11 : 6)

/** What has room beside the lines, its kind always; the whole name is the title of its curve. */
function shortened(name: string, kind: string): string {
  let [room, out] = [NAMES - 40 - kind.length * 6, '']
  for (const character of visibleLine(name)) {
    room -= widthOf(character)
    if (room < 0) return `${out.trimEnd()}…${kind}`
    out += character
  }
  return out + kind
}

/** Places of names near their lines' ends, none over another, all between `top` and `bottom`. */
function apart(ends: readonly number[], top: number, bottom: number): readonly number[] {
  const order = ends.map((y, at) => ({ y, at })).sort((a, b) => a.y - b.y || a.at - b.at)
  const places: number[] = []
  let last = top - NAME_HEIGHT
  for (const { y, at } of order) last = places[at] = Math.max(y, last + NAME_HEIGHT)
  let next = bottom + NAME_HEIGHT
  for (const { at } of order.toReversed())
    next = places[at] = Math.min(places[at] ?? bottom, next - NAME_HEIGHT)
  return places
}

interface Frame {
  readonly top: number
  readonly height: number
  readonly x: (captions: number) => number
  readonly y: (value: number) => number
}

function axes(title: string, size: number, most: number, { top, height, x, y }: Frame): string {
  const whole = (to: number): readonly number[] =>
    roundValues(0, to).flatMap(({ value }) => (Number.isInteger(value) ? [value] : []))
  const bottom = top + height
  return [
    textAt(0, top - 14, title, { size: 13, weight: 600 }),
    ...whole(most).map(
      (value) =>
        `<path d="M${LEFT} ${px(y(value))}h${PLOT}" stroke="${value === 0 ? LINE : GRID}"/>${textAt(LEFT - 8, y(value) + 4, count.format(value), { anchor: 'end' })}`,
    ),
    ...whole(size).map(
      (value) =>
        `<path d="M${px(x(value))} ${bottom}v4" stroke="${LINE}"/>${textAt(x(value), bottom + 16, count.format(value), { anchor: 'middle' })}`,
    ),
    textAt(LEFT + PLOT / 2, bottom + 31, 'captions', { anchor: 'middle' }),
  ].join('')
}

function panel(
  curves: readonly Curve[],
  { value, title }: (typeof PANELS)[number],
  { top, height }: { readonly top: number; readonly height: number },
): string {
  const size = Math.max(...curves.flatMap(({ points }) => points.map(({ captions }) => captions)))
  const most = Math.max(1, ...curves.flatMap(({ points }) => points.map((one) => one[value])))
  const x = (captions: number) => LEFT + (captions / size) * PLOT
  const y = (of: number) => top + height * (1 - of / most)
  const ends = curves.map(({ points }) => y(points.at(-1)?.[value] ?? 0))
  const places = apart(ends, top, top + height)
  const lines = curves.map(({ name, kind, points }, at) => {
    const [tone, end, place] = [toneOf(at), ends[at] ?? 0, places[at] ?? 0]
    const dash = dashOf(at) === '' ? '' : ` stroke-dasharray="${dashOf(at)}"`
    const way = points
      .map((one, i) => `${i === 0 ? 'M' : 'L'}${px(x(one.captions))} ${px(y(one[value]))}`)
      .join('')
    const marks = points.map(
      (one) =>
        `<path d="${markOf(at)}" transform="translate(${px(x(one.captions))} ${px(y(one[value]))})" fill="${at % 2 === 0 ? tone : '#fff'}" stroke="${tone}" stroke-width="1.3"/>`,
    )
    const right = LEFT + PLOT
    return [
      `<g><title>${escapeHtml(visibleLine(`${name}${kind}: ${count.format(points.at(-1)?.[value] ?? 0)}`))}</title>`,
      `<path d="${way}" fill="none" stroke="${tone}" stroke-width="1.6"${dash}/>${marks.join('')}`,
      `<path d="M${right + 6} ${px(end)}L${right + 20} ${px(place)}" stroke="${LINE}" stroke-width="0.75"/>`,
      `<path d="${markOf(at)}" transform="translate(${right + 27} ${px(place)})" fill="${at % 2 === 0 ? tone : '#fff'}" stroke="${tone}" stroke-width="1.3"/>`,
      `${textAt(right + 36, place + 4, shortened(name, kind))}</g>`,
    ].join('')
  })
  return `${axes(title, size, most, { top, height, x, y })}${lines.join('')}`
}

function footnote({ rows, sample }: Statistics, names: BundleNames): readonly string[] {
  const without = rows.filter(({ vocabulary }) => vocabulary === null)
  return [
    `The first caption of ${plural(sample.images, 'image')} of each row, the same ones where rows have them.`,
    ...(without.length === 0
      ? []
      : [
          `Rows with fewer images have no curve: ${without.map((row) => rowLabel(row, names)).join('; ')}.`,
        ]),
  ]
}

const LONGEST_LINE = 104

/** Broken at spaces, and within what is longer than a line. */
function linesOf(words: string): readonly string[] {
  const lines: string[] = []
  for (const word of words.split(' ').flatMap((one) => one.match(/.{1,100}/gsu) ?? [])) {
    const last = lines.at(-1)
    if (last !== undefined && last.length + word.length < LONGEST_LINE)
      lines[lines.length - 1] = `${last} ${word}`
    else lines.push(word)
  }
  return lines
}

/** Rows without a sample have no curve; the footnote names them. */
export function growthSvg(
  statistics: Statistics,
  { names, appVersion }: { readonly names: BundleNames; readonly appVersion: string },
): string {
  const curves = statistics.rows.flatMap(
    ({ captionerId, altKind, vocabulary }): readonly Curve[] => {
      if (!vocabulary) return []
      const points = vocabulary.growth
      if (captionerId === null) return [{ name: ALT_TEXT_ITSELF, kind: '', points }]
      return [{ name: nameIn(names, captionerId), kind: ` (${kindLabel(altKind)})`, points }]
    },
  )
  const height = Math.max(PLOT_HEIGHT, (curves.length - 1) * NAME_HEIGHT)
  const step = TOP + height + BOTTOM
  const panels = PANELS.map((one, at) => panel(curves, one, { top: at * step + TOP, height }))
  const notes = [...footnote(statistics, names), `Realign ${appVersion}.`].flatMap((one) =>
    linesOf(visibleLine(one)),
  )
  const from = PANELS.length * step + 14
  const foot = notes.map((one, at) => textAt(0, from + at * 15, one))
  const total = from + notes.length * 15
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="-8 0 ${WIDTH + 8} ${total}" width="${WIDTH + 8}" height="${total}" role="img" aria-label="Different words and trigrams of so many captions, by captioner and kind of alt-text" font-family="sans-serif"><rect x="-8" width="${WIDTH + 8}" height="${total}" fill="#fff"/>${panels.join('')}${foot.join('')}</svg>
`
}
