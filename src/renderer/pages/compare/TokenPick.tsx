/** A word of several tokens: which of them one looks at and branches from. */
import type { TokenRange } from '../../grounding/lens-numbers.ts'
import type { LensToken } from './TokenLens.tsx'
import { tokenWords } from './token-words.ts'

export interface TokenPickProps {
  readonly tokens: readonly LensToken[]
  readonly range: TokenRange
  readonly token: number
  readonly onPick: (token: number) => void
}

export function TokenPick({ tokens, range, token, onPick }: TokenPickProps) {
  return (
    <div className="token-pick" role="group" aria-label="Token of this word">
      {tokens.slice(range.from, range.to).map((one, offset) => {
        const at = range.from + offset
        return (
          <button
            key={at}
            type="button"
            className="serif"
            aria-pressed={at === token}
            onClick={() => onPick(at)}
          >
            {tokenWords(one.text)}
          </button>
        )
      })}
    </div>
  )
}
