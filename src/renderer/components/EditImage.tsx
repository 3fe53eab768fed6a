/** Class name and own alt-text of the open image. Older texts stay in the workspace. */
import { useState } from 'react'
import { knownAltText } from '../sheet/plan-conditions.ts'
import { setAltText, useComparison } from '../stores/comparison.ts'
import { showSheet } from '../stores/screen.ts'
import { note, showError } from '../stores/toasts.ts'
import { Button } from '../ui/Button.tsx'
import { Sheet } from '../ui/Sheet.tsx'

const LONGEST = 8192

export function EditImage() {
  const image = useComparison((state) => state.image)
  // As it was when this opened: what another window says meanwhile is not taken back by leaving a field alone.
  const [known] = useState({
    class: image ? knownAltText(image, 'class-name') : null,
    own: image ? knownAltText(image, 'own') : null,
  })
  const [className, setClassName] = useState(known.class ?? '')
  const [own, setOwn] = useState(known.own ?? '')
  const close = () => showSheet(null)
  const save = async (): Promise<void> => {
    try {
      if (className !== (known.class ?? '')) await setAltText('class-name', className)
      if (own !== (known.own ?? '')) await setAltText('own', own)
      note('Saved', 'The next caption can use it.')
      close()
    } catch (error) {
      showError(error)
    }
  }
  return (
    <Sheet title="Class name and alt-text" onClose={close}>
      <form
        className="form"
        onSubmit={(event) => {
          event.preventDefault()
          void save()
        }}
      >
        <label>
          <span className="label">Class name</span>
          <input
            className="text-input"
            value={className}
            maxLength={1000}
            autoFocus
            placeholder="great gray owl, Strix nebulosa"
            onChange={(event) => setClassName(event.target.value)}
          />
        </label>
        <label>
          <span className="label">Own alt-text, as it came with the image</span>
          <textarea
            className="text-input"
            rows={4}
            value={own}
            maxLength={LONGEST}
            onChange={(event) => setOwn(event.target.value)}
          />
        </label>
        <div className="form-end">
          <Button onPress={close}>Cancel</Button>
          <Button look="primary" onPress={() => void save()}>
            Save
          </Button>
        </div>
      </form>
    </Sheet>
  )
}
