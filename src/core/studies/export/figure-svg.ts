/** Figure 3 of a study as one SVG for a paper: in the tones of the report's page in daylight, Tie last and hatched. */
import type { CriterionReport } from '../../../shared/study-report.ts'
import { escapeHtml } from '../../publish/escape-html.ts'

/** [fill, ink on it]: what the page's own tones are on a white sheet. */
export const FIGURE_TONES: readonly (readonly [string, string])[] = [
  ['#0a665b', '#ffffff'],
  ['#5fa398', '#06211d'],
  ['#8a928e', '#0b0f0e'],
  ['#b4bab7', '#171a19'],
  ['#d6dad8', '#171a19'],
  ['#2e4d49', '#ffffff'],
  ['#9cc9c1', '#171a19'],
  ['#5c6461', '#ffffff'],
]
const TIE = 'url(#tie)'
const INK = '#171a19'
const LINE = '#7e8783'

const HATCH = `<defs><pattern id="tie" width="6" height="6" patternUnits="userSpaceOnUse"><rect width="6" height="6" fill="#fff"/><path d="M0 6 6 0M-1 1l2-2M5 7l2-2" stroke="${LINE}"/></pattern></defs>`

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`

const toneOf = (system: number): readonly [string, string] =>
  FIGURE_TONES[system % FIGURE_TONES.length] ?? [TIE, INK]

/** Tie has an edge, because its fill is the paper's own. */
const edge = (fill: string): string => (fill === TIE ? ` stroke="${LINE}" stroke-width="0.75"` : '')

/** One stacked bar per question, as in Figure 3: majority shares, same order, Tie last. '' where nobody is put first. */
export function figureSvg(
  criteria: readonly CriterionReport[],
  systems: readonly string[],
): string {
  const [width, left, bar] = [760, 150, 34]
  const scale = width - left - 10
  const shown = criteria.filter(({ shares }) => shares.length > 0)
  if (shown.length === 0) return ''
  const bars = shown.flatMap((one, line) => {
    const y = 10 + line * (bar + 16)
    let x = left
    const part = (share: number, name: string, [fill, ink]: readonly [string, string]): string => {
      const w = share * scale
      const halo = fill === TIE ? ' stroke="#fff" stroke-width="4" paint-order="stroke"' : ''
      const label =
        w > 40
          ? `<text x="${(x + w / 2).toFixed(1)}" y="${y + bar / 2 + 4}" text-anchor="middle" font-size="12" fill="${ink}"${halo}>${percent(share)}</text>`
          : ''
      const out = `<rect x="${x.toFixed(1)}" y="${y}" width="${Math.max(0, w - 1).toFixed(1)}" height="${bar}" fill="${fill}"${edge(fill)}><title>${escapeHtml(name)} ${percent(share)}</title></rect>${label}`
      x += w
      return out
    }
    return [
      `<text x="${left - 8}" y="${y + bar / 2 + 4}" text-anchor="end" font-size="13" fill="${INK}">${escapeHtml(one.id)}</text>`,
      ...one.shares.map(({ system, majority }) =>
        part(majority.value || 0, systems[system] ?? '', toneOf(system)),
      ),
      part(one.tie.value || 0, 'Tie', [TIE, INK]),
    ]
  })
  const top = 20 + shown.length * (bar + 16)
  const legend = [...systems, 'Tie'].map((name, i) => {
    const [x, y] = [left + (i % 3) * 200, top + Math.floor(i / 3) * 20]
    const fill = i === systems.length ? TIE : toneOf(i)[0]
    return `<rect x="${x}" y="${y}" width="12" height="12" fill="${fill}"${edge(fill)}/><text x="${x + 18}" y="${y + 11}" font-size="12" fill="${INK}">${escapeHtml(name)}</text>`
  })
  const height = top + Math.ceil((systems.length + 1) / 3) * 20 + 6
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="Share of images won, by question" font-family="sans-serif">${HATCH}${bars.join('')}${legend.join('')}</svg>`
}
