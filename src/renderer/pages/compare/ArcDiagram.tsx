/** Which caption words fall when an alt-text word is left out: arcs, and the same as a table. */
import { useMemo } from 'react'
import { layOutArcs, WIDTH, type ArcLayout, type PlacedWord } from '../../grounding/arc-layout.ts'
import type { Stretch } from '../../grounding/code-points.ts'
import { overlaps } from '../../grounding/code-points.ts'
import { nats } from '../../grounding/numbers.ts'
import type { WordOcclusion } from '../../stores/lens.ts'

function Words({
  words,
  side,
}: {
  readonly words: readonly PlacedWord[]
  readonly side: 'left' | 'right'
}) {
  return words.map(({ index, text, shown, y }) => (
    <text
      key={index}
      x={side === 'left' ? 98 : WIDTH - 98}
      y={y}
      dy="0.34em"
      textAnchor={side === 'left' ? 'end' : 'start'}
    >
      <title>{text}</title>
      {shown}
    </text>
  ))
}

interface FigureProps {
  readonly layout: ArcLayout
  readonly isLit: (word: number) => boolean
}

function Figure({ layout, isLit }: FigureProps) {
  const { height, left, right, arcs } = layout
  const anyLit = arcs.some(({ word }) => isLit(word))
  return (
    <svg
      className="arcs"
      viewBox={`0 0 ${WIDTH} ${height}`}
      role="img"
      aria-label="Arcs from alt-text words to the caption words that fall without them; the table below says the same"
    >
      <g className="lines">
        {/* Strong ones last, on top. */}
        {arcs.toReversed().map(({ altWord, word, path, strength }) => (
          <path
            key={`${altWord} ${word}`}
            d={path}
            className={anyLit && !isLit(word) ? 'faint' : ''}
            strokeWidth={1 + 5 * strength}
            strokeOpacity={0.3 + 0.6 * strength}
          />
        ))}
      </g>
      <Words words={left} side="left" />
      <Words words={right} side="right" />
    </svg>
  )
}

function ArcTable({ result }: { readonly result: WordOcclusion }) {
  return (
    <details className="fold">
      <summary>As a table</summary>
      <table className="sums num">
        <thead>
          <tr>
            <th scope="col">without</th>
            <th scope="col" className="words">
              falls
            </th>
            <th scope="col">by, nats</th>
          </tr>
        </thead>
        <tbody>
          {result.arcs.map(({ altWord, word, effect }) => (
            <tr key={`${altWord} ${word}`}>
              <th scope="row" className="serif wrap">
                {result.altWords[altWord]?.text}
              </th>
              <td className="serif wrap words">{result.words[word]?.text}</td>
              <td>{nats(effect)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  )
}

export interface ArcDiagramProps {
  readonly result: WordOcclusion
  /** Words looked at: their arcs stand out. */
  readonly at: Stretch | null
}

export function ArcDiagram({ result, at }: ArcDiagramProps) {
  const layout = useMemo(() => layOutArcs(result), [result])
  const isLit = (index: number): boolean => {
    const word = result.words[index]
    return at !== null && word !== undefined && overlaps(word, at)
  }
  if (result.arcs.length === 0)
    return (
      <p className="why">
        No caption word falls by half a nat or more when an alt-text word is left out: the caption
        does not hang on any one of them.
      </p>
    )
  return (
    <>
      <p className="why">
        Left: an alt-text word that is left out. Right: the caption words that are then less likely.
      </p>
      <Figure layout={layout} isLit={isLit} />
      <ArcTable result={result} />
    </>
  )
}
