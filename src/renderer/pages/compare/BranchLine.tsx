/** One line over a caption that leaves another one: where, and what was said there instead. */
import { Split } from 'lucide-react'
import type { Branch } from '../../../shared/types.ts'
import { select } from '../../stores/comparison.ts'
import { tokenWords } from './token-words.ts'

export function BranchLine({ branch }: { readonly branch: Branch }) {
  const { of, token, forced, instead } = branch
  return (
    <p className="branch-line">
      <Split className="icon" aria-hidden="true" />
      <span>
        branch at token {token + 1}: <b dir="auto">“{tokenWords(forced.text)}”</b> in place of{' '}
        <span dir="auto">“{tokenWords(instead.text)}”</span>
      </span>
      <button
        type="button"
        title={`Cell ${of.slice(0, 8)}`}
        onClick={(event) => {
          event.stopPropagation()
          select(of)
        }}
      >
        go to its parent
      </button>
    </p>
  )
}
