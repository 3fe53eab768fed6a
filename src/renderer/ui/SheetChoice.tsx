/** The end of a sheet that asks one thing: no, or yes. Either closes it. */
import { Button } from './Button.tsx'

export interface SheetChoiceProps {
  readonly no?: string
  readonly yes: string
  readonly onClose: () => void
  readonly onYes: () => void
}

export function SheetChoice({ no = 'Cancel', yes, onClose, onYes }: SheetChoiceProps) {
  return (
    <div className="form-end">
      <Button onPress={onClose}>{no}</Button>
      <Button
        look="primary"
        onPress={() => {
          onClose()
          onYes()
        }}
      >
        {yes}
      </Button>
    </div>
  )
}
