/** What the guideline minds in the text, one sentence each; a press selects the words in the box. Nothing is changed by itself. */
import { TriangleAlert } from 'lucide-react'
import type { LintHit } from '../../../../shared/annotation.ts'
import { RULE_NAMES } from '../../../rounds/words.ts'
import { Button } from '../../../ui/Button.tsx'
import { selectInBox } from './box.ts'

export interface HintsProps {
  readonly hits: readonly LintHit[]
  /** What they are about. */
  readonly text: string
  /** Whether that is still what stands in the box. */
  readonly fresh: boolean
}

export function Hints({ hits, text, fresh }: HintsProps) {
  if (hits.length === 0) return <p className="why">The guideline minds nothing here.</p>
  return (
    <ol className="hints" aria-label="Hints of the guideline">
      {hits.map(({ rule, message, span }, index) => (
        <li key={index}>
          <span className="hint-number">{index + 1}</span>
          <TriangleAlert className="icon" aria-hidden="true" />
          <span className="grow">
            <b>{RULE_NAMES[rule]}.</b> {message}
          </span>
          {span && (
            <Button
              look="quiet"
              label={`Select the words of hint ${index + 1}`}
              blocked={fresh ? null : 'The text is being read again'}
              onPress={() => selectInBox(text, span)}
            >
              Select
            </Button>
          )}
        </li>
      ))}
    </ol>
  )
}
