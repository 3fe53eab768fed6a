/** Many pictures to another machine: the dialogs' line that says how many go where, and the question where there is no dialog. */
import { showSheet } from '../stores/screen.ts'
import { sendingWords, useSendAway, type Sending } from '../stores/send-away.ts'
import { useStatus } from '../stores/status.ts'
import { Sheet } from '../ui/Sheet.tsx'
import { SheetChoice } from '../ui/SheetChoice.tsx'
import { useChosenCaptioner } from './CaptionerSelect.tsx'
import { endpointOf, titleOf } from '../captioners.ts'

/** Of a captioner that is a bundle there is nothing to say: nothing is sent. */
export function SendingLine(sending: Sending) {
  const bundles = useStatus((state) => state.bundles)
  const endpoint = endpointOf(bundles, useChosenCaptioner())
  if (!endpoint || sending.pictures === 0) return null
  return (
    <p className={endpoint.local ? 'why num' : 'warn strong num'} role="status">
      <span className="wrap">
        {sendingWords(sending, endpoint.origin)}
        {endpoint.local ? ', on this machine' : ', away from this machine'}
      </span>
    </p>
  )
}

export function SendAway() {
  const asked = useSendAway((state) => state.asked)
  const bundles = useStatus((state) => state.bundles)
  const endpoint = endpointOf(bundles, asked?.captionerId ?? null)
  const close = () => showSheet(null)
  if (!asked || !endpoint) return null
  return (
    <Sheet title={`Ask ${titleOf(bundles, asked.captionerId)}`} onClose={close}>
      <p className="num wrap">
        {sendingWords(asked.sending, endpoint.origin)}, away from this machine.
      </p>
      <p className="mid">
        Every question sends a picture, its alt-text and the prompt. What is captioned already is
        not asked again.
      </p>
      <SheetChoice yes="Send" onClose={close} onYes={() => asked.go()} />
    </Sheet>
  )
}
