/** An image without captions: the alt-texts it would be asked under, and one step to ask. */
import { KindChip } from '../../components/KindGlyph.tsx'
import { caption } from '../../stores/runs.ts'
import { Button } from '../../ui/Button.tsx'
import { showSheet } from '../../stores/screen.ts'
import { plural } from '../../format.ts'
import { useCaptionBlock, usePlan } from './use-plan.ts'

export function FreshImage() {
  const plan = usePlan()
  const blocked = useCaptionBlock()
  const named = plan.some(({ altKind }) => altKind === 'class-name')
  return (
    <div className="fresh">
      <ul>
        {plan.map((condition) => (
          <li key={condition.altKind}>
            <KindChip kind={condition.altKind} />
            <span className="alt">“{condition.text}”</span>
          </li>
        ))}
      </ul>
      <div className="empty">
        <p>No captions yet. Ask the captioner under {plural(plan.length, 'alt-text')}.</p>
        <div className="together">
          <Button look="primary" keys="↵" blocked={blocked} onPress={() => caption(plan)}>
            Caption all {plan.length}
          </Button>
          {!named && (
            <Button keys="E" onPress={() => showSheet('edit-image')}>
              Give it a class name
            </Button>
          )}
        </div>
        {blocked !== null && <span className="why">{blocked}</span>}
      </div>
    </div>
  )
}
