/** The caption word by word, tinted by how surprising each token was to the captioner. */
import { Fragment, useEffect } from 'react'
import type { Cell } from '../../../shared/types.ts'
import { formatProbability } from '../../format.ts'
import { loadTokens, lookAtWord, useInspection, type Token } from '../../stores/inspection.ts'

/** Full tint at 4 nats, about one in fifty. */
const FULL_NATS = 4
const MOST_TINT = 46

const tint = (token: Token) =>
  ({
    '--v': Math.round((Math.min(FULL_NATS, -token.logProb) / FULL_NATS) * MOST_TINT),
  }) as React.CSSProperties

function Word({ token, index, of }: { token: Token; index: number; of: number }) {
  const text = token.text.trim()
  const p = Math.exp(token.logProb)
  return (
    <div className="word">
      <div className="w">
        <b dir="auto">{text === '' ? '␣' : text}</b>
        <span className="dim num grow">
          p = {formatProbability(p)}, log p = {token.logProb.toFixed(2).replace('-', '−')}
        </span>
        <span className="keys" aria-hidden="true">
          <span>
            <kbd>[</kbd> <kbd>]</kbd>
          </span>
        </span>
      </div>
      <div className="alts num">
        <span className="dim">
          token {index + 1} of {of}, id {token.id}
        </span>
        <span className="gauge" aria-hidden="true">
          <i style={{ width: `${Math.max(1, p * 100)}%` }} />
        </span>
      </div>
    </div>
  )
}

export function TokenLens({ cell }: { readonly cell: Cell }) {
  const tokens = useInspection((state) => state.tokens[cell.id])
  const word = useInspection((state) => state.word)
  useEffect(() => void loadTokens(cell.id), [cell.id])
  if (!tokens) return <p className="lens dim">Fetching the tokens</p>
  const at = Math.min(word, tokens.length - 1)
  const token = tokens[at]
  return (
    <section className="lens-part" aria-label="Tokens">
      <p className="lens" dir="auto">
        {tokens.map((one, index) => (
          <Fragment key={index}>
            {/^\s*/.exec(one.text)?.[0]}
            <span
              className={index === at ? 'tok cur' : 'tok'}
              style={tint(one)}
              onClick={() => lookAtWord(index)}
            >
              {one.text.trimStart()}
            </span>
          </Fragment>
        ))}
      </p>
      <div className="scale num">
        <span>certain</span>
        <i />
        <span>{FULL_NATS} nats of surprise</span>
      </div>
      {token && <Word token={token} index={at} of={tokens.length} />}
    </section>
  )
}
