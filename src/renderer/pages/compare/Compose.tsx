/** The one field that swaps the alt-text: type, Enter, and a row streams in. */
import type { FormEvent, KeyboardEvent } from 'react'
import { isEndpoint } from '../../../shared/endpoint-names.ts'
import { useChosenCaptioner } from '../../components/CaptionerSelect.tsx'
import { KindChip } from '../../components/KindGlyph.tsx'
import { conditionOf } from '../../sheet/plan-conditions.ts'
import { altTextFieldId, focusAltText, typeAltText, useCompose } from '../../stores/compose.ts'
import { useComparison } from '../../stores/comparison.ts'
import { caption } from '../../stores/runs.ts'
import { note } from '../../stores/toasts.ts'
import { SettingsButton } from './SettingsButton.tsx'
import { useCaptionBlock, useOffers, usePlan } from './use-plan.ts'

function TokenCount() {
  const text = useCompose((state) => state.text)
  const count = useCompose((state) => state.count)
  const captioner = useChosenCaptioner()
  // A count that another captioner gave is none of an endpoint.
  if (!count || text === '' || isEndpoint(captioner ?? '')) return null
  return (
    <span className={count.cut ? 'count num cut' : 'count num'} role="status">
      {count.tokens} of {count.limit} tokens{count.cut && ', the end is cut'}
    </span>
  )
}

function fill(text: string): void {
  typeAltText(text)
  focusAltText()
}

export function Compose() {
  const text = useCompose((state) => state.text)
  const offers = useOffers()
  const plan = usePlan()
  const blocked = useCaptionBlock()
  const fresh = useComparison((state) => state.loaded && state.cells.length === 0)
  const all = fresh && text === ''
  const submit = (event?: FormEvent): void => {
    event?.preventDefault()
    if (blocked !== null) return note(blocked)
    caption(all ? plan : [conditionOf(text, offers)])
    typeAltText('')
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Enter' && !event.shiftKey && !event.nativeEvent.isComposing)
      submit(event as never)
    if (event.key === 'Escape') (event.target as HTMLElement).blur()
  }
  return (
    <form className="compose" aria-label="Caption under an alt-text" onSubmit={submit}>
      <div className="line">
        <div className="in">
          <textarea
            id={altTextFieldId}
            aria-label="Alt-text"
            rows={1}
            maxLength={8192}
            spellCheck={false}
            placeholder="Type an alt-text for this image"
            value={text}
            onChange={(event) => typeAltText(event.target.value)}
            onKeyDown={onKeyDown}
          />
          <TokenCount />
        </div>
        <button
          type="submit"
          className="btn primary"
          aria-disabled={blocked !== null}
          title={blocked ?? undefined}
        >
          {all ? `Caption all ${plan.length}` : 'Caption'} <span aria-hidden="true">↵</span>
        </button>
      </div>
      <div className="opts">
        <span>Fill with</span>
        {offers.map((offer) => (
          <button
            key={offer.altKind}
            type="button"
            className="offer"
            title={`“${offer.text}”`}
            onClick={() => fill(offer.text)}
          >
            <KindChip kind={offer.altKind} />
          </button>
        ))}
        <SettingsButton />
      </div>
    </form>
  )
}
