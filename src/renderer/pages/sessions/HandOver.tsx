/** The whole window in a rater's hands. Only the owner's word brings the workbench back. */
import { Keyboard } from 'lucide-react'
import { lazy, Suspense, useState } from 'react'
import { takeBack } from '../../stores/hand-over.ts'
import { Button } from '../../ui/Button.tsx'
import { Sheet } from '../../ui/Sheet.tsx'

/** Typed on purpose: no key of the rating page leads out, and no single press does. */
const WORD = 'back'

const Rater = lazy(() => import('./Rater.tsx').then((module) => ({ default: module.Rater })))

function TakeBack({ onClose }: { readonly onClose: () => void }) {
  const [word, setWord] = useState('')
  const blocked = word.trim().toLowerCase() === WORD ? null : `Type “${WORD}” first`
  const go = () => {
    if (blocked === null) void takeBack()
  }
  return (
    <Sheet title="Give the keyboard back" onClose={onClose}>
      <form
        className="form"
        onSubmit={(event) => {
          event.preventDefault()
          go()
        }}
      >
        <p>
          Every confirmed answer is saved. The workbench opens again for the person who runs this
          study.
        </p>
        <label>
          <span className="label">Type “{WORD}” to leave the rating page</span>
          <input
            className="text-input"
            value={word}
            autoFocus
            autoComplete="off"
            onChange={(event) => setWord(event.target.value)}
          />
        </label>
        <div className="form-end">
          <Button onPress={onClose}>Go on rating</Button>
          <Button look="primary" blocked={blocked} onPress={go}>
            Give back
          </Button>
        </div>
      </form>
    </Sheet>
  )
}

export function HandOver({ token }: { readonly token: string }) {
  const [leaving, setLeaving] = useState(false)
  return (
    <div className="handed-over">
      <Suspense fallback={<p className="centred">One moment</p>}>
        <Rater token={token} />
      </Suspense>
      <div className="give-back">
        <Button
          look="quiet"
          icon={<Keyboard className="icon" aria-hidden="true" />}
          onPress={() => setLeaving(true)}
        >
          Give the keyboard back
        </Button>
      </div>
      {leaving && <TakeBack onClose={() => setLeaving(false)} />}
    </div>
  )
}
