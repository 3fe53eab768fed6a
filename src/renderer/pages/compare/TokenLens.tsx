/** The caption word by word, tinted by what the alt-text or the picture gave to it, or by how likely it was. */
import { useEffect, useMemo, useState } from 'react'
import type { Cell } from '../../../shared/types.ts'
import {
  FULL_LIFT,
  FULL_SURPRISE,
  placeTokens,
  sumsOver,
  tintOf,
  tokensOver,
  type Sums,
} from '../../grounding/lens-numbers.ts'
import type { Stretch } from '../../grounding/code-points.ts'
import { nest, type Nested } from '../../grounding/nest.ts'
import { signedNats } from '../../grounding/numbers.ts'
import { wordsIn } from '../../grounding/words.ts'
import { setCursor, useCursor } from '../../stores/cursor.ts'
import { loadTokens, useInspection } from '../../stores/inspection.ts'
import { lens, useLensView, type Lens, type LensMode } from '../../stores/lens.ts'
import { LensProgress } from './LensProgress.tsx'
import { LensSwitch } from './LensSwitch.tsx'
import { WordNumbers } from './WordNumbers.tsx'

export interface LensToken extends Stretch {
  readonly id: number
  readonly text: string
  readonly logProb: number
  readonly altLift?: number
  readonly imageLift?: number
}

/** From the lens once it was computed; until then what was kept at generation. */
function useTokens(cell: Cell, result: Lens | undefined): readonly LensToken[] | null {
  const kept = useInspection((state) => state.tokens[cell.id])
  useEffect(() => void loadTokens(cell.id), [cell.id])
  return useMemo(() => {
    if (result) return result.tokens
    if (!kept) return null
    const places = placeTokens(
      cell.caption,
      kept.map(({ text }) => text),
    )
    return kept.map((token, index) => ({ ...token, ...(places[index] ?? { start: 0, end: 0 }) }))
  }, [cell.caption, kept, result])
}

const valueOf = (sums: Sums, mode: LensMode): number | null =>
  mode === 'alt' ? sums.altLift : mode === 'image' ? sums.imageLift : -sums.logProb

function useTinted(caption: string, tokens: readonly LensToken[] | null, mode: LensMode) {
  return useMemo(() => {
    const words = wordsIn(caption).map((word) => {
      const range = tokens && tokensOver(tokens, word)
      const value = tokens && range ? valueOf(sumsOver(tokens, range), mode) : null
      return { ...word, what: value }
    })
    return nest(caption, words)
  }, [caption, tokens, mode])
}

interface WordsProps {
  readonly nodes: readonly Nested<number | null>[]
  readonly mode: LensMode
  readonly at: Stretch | null
  readonly onLook: (word: Stretch | null) => void
  readonly onChoose: (word: Stretch) => void
}

function Words({ nodes, mode, at, onLook, onChoose }: WordsProps) {
  const full = mode === 'probability' ? FULL_SURPRISE : FULL_LIFT
  return (
    <p className="lens" dir="auto">
      {nodes.map((node) => {
        if (node.kind === 'text') return node.text
        const { below, strength } = tintOf(node.what ?? 0, full)
        const current = at !== null && at.start < node.end && node.start < at.end
        return (
          <span
            key={node.start}
            className={['tok', below ? 'below' : '', current ? 'cur' : '']
              .filter(Boolean)
              .join(' ')}
            style={{ '--v': strength } as React.CSSProperties}
            onPointerEnter={() => onLook(node)}
            onClick={() => onChoose(node)}
          >
            {node.children.map((child) => (child.kind === 'text' ? child.text : ''))}
          </span>
        )
      })}
    </p>
  )
}

const ENDS: Readonly<Record<LensMode, readonly [string, string]>> = {
  alt: ['likelier without', `+${FULL_LIFT} nats with this alt-text`],
  image: ['likelier without', `+${FULL_LIFT} nats with this picture`],
  probability: ['certain', `${FULL_SURPRISE} nats of surprise`],
}

function Scale({ mode }: { readonly mode: LensMode }) {
  const [low, high] = ENDS[mode]
  return (
    <div className="scale num">
      <span>{low}</span>
      {mode !== 'probability' && <i className="below" />}
      <i />
      <span>{high}</span>
    </div>
  )
}

/** What the numbers of the whole caption say in one line. */
function WholeLine({ whole, mode }: { readonly whole: Sums; readonly mode: LensMode }) {
  const value = valueOf(whole, mode)
  if (value === null || mode === 'probability') return null
  const what = mode === 'alt' ? 'this alt-text' : 'this picture'
  return (
    <p className="why num">
      The whole caption: {signedNats(value)} nats with {what}
    </p>
  )
}

export function TokenLens({ cell }: { readonly cell: Cell }) {
  const mode = useLensView((state) => state.mode)
  const result = lens.use((state) => state.results[cell.id])
  const tokens = useTokens(cell, result)
  const nodes = useTinted(cell.caption, tokens, mode)
  const [looked, setLooked] = useState<Stretch | null>(null)
  const cursor = useCursor((state) =>
    state.cursor?.foldId === cell.id && state.cursor.place === 'caption' ? state.cursor : null,
  )
  if (!tokens) return <p className="lens dim">Fetching the tokens</p>
  const at = looked ?? cursor
  const lifts = mode !== 'probability'
  return (
    // What is pointed at stays on the way down to its alternatives.
    <section className="lens-part" aria-label="Tokens" onPointerLeave={() => setLooked(null)}>
      <LensSwitch />
      <Words
        {...{ nodes, mode, at }}
        onLook={setLooked}
        onChoose={({ start, end }) => setCursor({ foldId: cell.id, place: 'caption', start, end })}
      />
      <Scale mode={mode} />
      {lifts && result && <WholeLine whole={result.whole} mode={mode} />}
      {mode === 'alt' && cell.altText === '' && (
        <p className="why">
          This caption was made without alt-text, so no word can come from one. See the image lift.
        </p>
      )}
      <LensProgress cell={cell} wanted={lifts} />
      <WordNumbers {...{ cell, tokens, at }} result={result ?? null} />
    </section>
  )
}
