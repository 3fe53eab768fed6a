/** Over the square that the captioner saw: how much the chosen words fall when a patch of it is covered. */
import { useMemo } from 'react'
import { sliceCodePoints, type Stretch } from '../../grounding/code-points.ts'
import { heatOf, type Heat } from '../../grounding/heat.ts'
import { nats } from '../../grounding/numbers.ts'
import type { ImageOcclusion } from '../../stores/lens.ts'

export interface HeatProps {
  readonly result: ImageOcclusion
  readonly caption: string
  /** The words looked at; null for the whole caption. */
  readonly at: Stretch | null
}

export function useHeat({ result, at }: Pick<HeatProps, 'result' | 'at'>): Heat {
  return useMemo(() => heatOf(result, at), [result, at])
}

export function HeatLayer({ result, at }: HeatProps) {
  const { patches } = useHeat({ result, at })
  return (
    <svg
      className="heat"
      viewBox={`0 0 ${result.grid} ${result.grid}`}
      preserveAspectRatio="none"
      aria-hidden="true"
    >
      <defs>
        <pattern id="likelier" width="0.25" height="0.25" patternUnits="userSpaceOnUse">
          <path d="M0 .25 .25 0" className="hatch" />
        </pattern>
      </defs>
      {patches.map(({ row, column, value, strength }) => (
        <rect
          key={`${row} ${column}`}
          x={column}
          y={row}
          width="1"
          height="1"
          {...(value < 0
            ? { fill: 'url(#likelier)', opacity: strength }
            : { className: 'falls', opacity: strength * 0.86 })}
        >
          <title>{`row ${row + 1}, column ${column + 1}: ${nats(value, 2)} nats`}</title>
        </rect>
      ))}
    </svg>
  )
}

export function HeatWords({ result, caption, at }: HeatProps) {
  const { patches, strongest } = useHeat({ result, at })
  const what = at ? `“${sliceCodePoints(caption, at.start, at.end)}”` : 'The whole caption'
  const rows = Array.from({ length: result.grid }, (_, row) =>
    patches.filter((patch) => patch.row === row),
  )
  if (!strongest) return null
  return (
    <>
      <p className="heat-words num" role="status">
        <span className="serif wrap">{what}</span>
        {strongest.value >= 0.05
          ? ` falls by up to ${nats(strongest.value)} nats when a patch is covered (row ${strongest.row + 1}, column ${strongest.column + 1}).`
          : ' falls with no single patch covered: it hangs on none alone.'}
      </p>
      <details className="fold">
        <summary>Every patch, in nats</summary>
        <table className="patches num" aria-label="Fall in nats for each covered patch">
          <tbody>
            {rows.map((row, index) => (
              <tr key={index}>
                {row.map(({ column, value }) => (
                  <td key={column}>{nats(value)}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </>
  )
}
