/** What is asked before a rater gets the keyboard or a link, or leaves the study. */
import { useState } from 'react'
import { copyText } from '../../../actions.ts'
import {
  inviteRater,
  lookAtPages,
  useStudies,
  withdrawRater,
  type RaterRow,
} from '../../../stores/studies.ts'
import { Button } from '../../../ui/Button.tsx'
import { Sheet } from '../../../ui/Sheet.tsx'

interface AskProps {
  readonly studyId: string
  readonly rater: RaterRow
  readonly onClose: () => void
}

export function HandOverSheet({ rater, onClose, go }: AskProps & { readonly go: () => void }) {
  return (
    <Sheet title={`Hand the keyboard to ${rater.name}`} onClose={onClose}>
      <p>
        The rating page fills this window; nothing on it tells a system from another. It stays until
        you type a word to get the keyboard back, also over a reload.
      </p>
      <p className="mid">Links that {rater.name} was sent stop working.</p>
      <div className="form-end">
        <Button onPress={onClose}>Cancel</Button>
        <Button look="primary" onPress={go}>
          Hand over
        </Button>
      </div>
    </Sheet>
  )
}

function Made({ link, lan }: { readonly link: string; readonly lan: boolean }) {
  return (
    <>
      <label>
        <span className="label">Link</span>
        <input
          className="text-input mono"
          readOnly
          value={link}
          onFocus={(event) => event.target.select()}
        />
      </label>
      <p className="mid">
        It is shown once and works until it is revoked or another one is made.
        {lan &&
          ' The local network carries it without encryption: others there could read along. A task file needs no network.'}
      </p>
    </>
  )
}

export function LinkSheet({ studyId, rater, onClose }: AskProps) {
  const pages = useStudies((state) => state.pages)
  const [address, setAddress] = useState<string | null>(() =>
    pages?.lan === true && pages.origin !== null ? new URL(pages.origin).hostname : null,
  )
  const [link, setLink] = useState<string | null>(null)
  const make = async (): Promise<void> => {
    const opened = await lookAtPages('open', address)
    if (!opened?.origin) return
    const token = await inviteRater(studyId, rater.rater)
    if (token !== null) setLink(`${opened.origin}/#${token}`)
  }
  return (
    <Sheet title={`Link for ${rater.name}`} wide onClose={onClose}>
      <fieldset className="radios">
        <legend className="label">Who can open it</legend>
        {[null, ...(pages?.addresses ?? [])].map((one) => (
          <label key={one ?? ''} className="check">
            <input
              type="radio"
              name="rating-pages"
              checked={address === one}
              onChange={() => {
                setAddress(one)
                setLink(null)
              }}
            />
            {one === null ? 'This machine only' : `The local network, at ${one}`}
          </label>
        ))}
      </fieldset>
      {link !== null && <Made link={link} lan={address !== null} />}
      <div className="form-end">
        <Button onPress={onClose}>Close</Button>
        {link === null ? (
          <Button look="primary" onPress={() => void make()}>
            Make a link
          </Button>
        ) : (
          <Button look="primary" onPress={() => void copyText(link, 'Link')}>
            Copy
          </Button>
        )}
      </div>
    </Sheet>
  )
}

export function WithdrawSheet({ studyId, rater, onClose }: AskProps) {
  return (
    <Sheet title={`Withdraw ${rater.name}`} onClose={onClose}>
      <p>
        The answers of {rater.name} leave every analysis and every later export. A tombstone stays
        in the study, and this cannot be undone.
      </p>
      <div className="form-end">
        <Button onPress={onClose}>Cancel</Button>
        <Button
          look="primary"
          onPress={() => {
            void withdrawRater(studyId, rater)
            onClose()
          }}
        >
          Withdraw {rater.name}
        </Button>
      </div>
    </Sheet>
  )
}
