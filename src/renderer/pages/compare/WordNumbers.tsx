/** The words looked at in numbers: sums of word, phrase and caption, the alternatives, the same under each alt-text. */
import type { LensContext } from '../../../shared/contract/grounding.ts'
import { useState } from 'react'
import type { Cell } from '../../../shared/types.ts'
import { KindChip } from '../../components/KindGlyph.tsx'
import { formatProbability } from '../../format.ts'
import {
  contains,
  sameStretch,
  sliceCodePoints,
  type Stretch,
} from '../../grounding/code-points.ts'
import {
  inContext,
  sumsOver,
  tokensOver,
  type Sums,
  type TokenRange,
} from '../../grounding/lens-numbers.ts'
import { nats, signedNats } from '../../grounding/numbers.ts'
import type { Lens } from '../../stores/lens.ts'
import { Alternatives } from './Alternatives.tsx'
import { TokenPick } from './TokenPick.tsx'
import type { LensToken } from './TokenLens.tsx'

export interface WordNumbersProps {
  readonly cell: Cell
  readonly tokens: readonly LensToken[]
  readonly result: Lens | null
  /** The words looked at; null for the caption as a whole. */
  readonly at: Stretch | null
}

function SumRow({ name, sums }: { readonly name: string; readonly sums: Sums }) {
  return (
    <tr>
      <th scope="row" className="serif wrap">
        {name}
      </th>
      <td>{nats(sums.logProb)}</td>
      <td>{sums.altLift === null ? '' : signedNats(sums.altLift)}</td>
      <td>{sums.imageLift === null ? '' : signedNats(sums.imageLift)}</td>
    </tr>
  )
}

function SumTable({ cell, tokens, result, at }: WordNumbersProps) {
  const range = at && tokensOver(tokens, at)
  const phrase =
    at &&
    result?.phrases
      .filter((one) => contains(one, at) && !sameStretch(one, at))
      .sort((a, b) => a.end - a.start - (b.end - b.start))[0]
  const whole = result?.whole ?? sumsOver(tokens, { from: 0, to: tokens.length })
  return (
    <table className="sums num">
      <thead>
        <tr>
          <th scope="col">nats</th>
          <th scope="col">log p</th>
          <th scope="col">alt-text</th>
          <th scope="col">picture</th>
        </tr>
      </thead>
      <tbody>
        {at && range && (
          <SumRow
            name={sliceCodePoints(cell.caption, at.start, at.end)}
            sums={sumsOver(tokens, range)}
          />
        )}
        {phrase && <SumRow name={phrase.text} sums={phrase} />}
        <SumRow name="the whole caption" sums={whole} />
      </tbody>
    </table>
  )
}

/** Left end of the axis, in nats: below it a word is as good as impossible. */
const AXIS = 8

/** Alt-texts of one kind are told apart by their words. */
function ContextName({
  context,
  of,
}: {
  readonly context: LensContext
  readonly of: Lens['contexts']
}) {
  if (context.image !== 'own') return <span className="kind">Without picture</span>
  const alike = of.filter((one) => one.image === 'own' && one.altKind === context.altKind)
  return (
    <span className="context">
      <KindChip kind={context.altKind} />
      {alike.length > 1 && <span className="serif clip">{context.altText}</span>}
    </span>
  )
}

function UnderEach({ result, range }: { readonly result: Lens; readonly range: TokenRange }) {
  return (
    <>
      <p className="label">The same under each alt-text, log p from −{AXIS} to 0</p>
      <ul className="under num">
        {result.contexts.map((context) => {
          const { logProb } = inContext(context, range)
          const left = `${100 - (Math.min(AXIS, -logProb) / AXIS) * 100}%`
          return (
            <li key={context.key} title={`“${context.altText}”, log p ${nats(logProb, 2)}`}>
              <ContextName context={context} of={result.contexts} />
              <span className="axis" aria-hidden="true">
                <i className={context.key === result.own ? '' : 'open'} style={{ left }} />
              </span>
              <span>{formatProbability(Math.exp(logProb))}</span>
            </li>
          )
        })}
      </ul>
    </>
  )
}

export function WordNumbers(props: WordNumbersProps) {
  const { cell, tokens, result, at } = props
  const range = at && tokensOver(tokens, at)
  const own = result?.contexts.find(({ key }) => key === result.own)
  const [picked, setPicked] = useState(0)
  // A token that was picked in another word is none of this one.
  const token = range && picked >= range.from && picked < range.to ? picked : (range?.from ?? 0)
  const rank = range && own ? own.ranks[token] : undefined
  const several = range && range.to - range.from > 1
  const p = range ? Math.exp(sumsOver(tokens, range).logProb) : 0
  return (
    <div className="word">
      <div className="w">
        {at && range && (
          <b className="grow" dir="auto">
            {sliceCodePoints(cell.caption, at.start, at.end)}
          </b>
        )}
        {!at && <span className="dim grow">Point at a word, or step:</span>}
        <span className="keys" aria-hidden="true">
          <span>
            <kbd>[</kbd> <kbd>]</kbd> word
          </span>
        </span>
      </div>
      {range && (
        <p className="dim num">
          p&nbsp;=&nbsp;{formatProbability(p)}
          {rank !== undefined && `, rank ${rank ?? 'over 50'}`}
          {rank !== undefined &&
            several &&
            ` (token ${token - range.from + 1} of ${range.to - range.from})`}
        </p>
      )}
      {several && own && <TokenPick tokens={tokens} {...{ range, token }} onPick={setPicked} />}
      {range && own && (
        <Alternatives
          key={token}
          list={own.alternatives[token] ?? []}
          {...{ cell, token }}
          id={tokens[token]?.id ?? -1}
        />
      )}
      {(range || result) && <SumTable {...props} />}
      {range && result && <UnderEach {...{ result, range }} />}
    </div>
  )
}
