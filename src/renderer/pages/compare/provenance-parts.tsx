/** What every provenance ends with: whether the caption came again, and all of it as JSON. */
import { Copy } from 'lucide-react'
import { toldCell } from '../../../shared/elsewhere.ts'
import type { Cell } from '../../../shared/types.ts'
import { copyText } from '../../actions.ts'
import { formatWhen } from '../../format.ts'
import { useInspection } from '../../stores/inspection.ts'
import { Button } from '../../ui/Button.tsx'

export function Verdict({ cell }: { readonly cell: Cell }) {
  const verdict = useInspection((state) => state.verdicts[cell.id]) ?? cell.replay
  if (!verdict) return <dd className="dim">not checked yet</dd>
  return (
    <dd title={verdict.note}>
      {verdict.identical ? 'identical' : 'differs'}, checked {formatWhen(verdict.at)}
      {!verdict.identical && <span className="differs-text">“{verdict.caption}”</span>}
    </dd>
  )
}

export function CopyButton({ cell }: { readonly cell: Cell }) {
  return (
    <Button
      look="quiet"
      icon={<Copy className="icon" aria-hidden="true" />}
      onPress={() => void copyText(JSON.stringify(toldCell(cell), null, 2), 'Provenance')}
    >
      Copy as JSON
    </Button>
  )
}
