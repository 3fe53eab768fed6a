/** The keys of the open screen. */
import { commandsOf } from '../commands.ts'
import { showSheet, useScreen } from '../stores/screen.ts'
import { Kbd } from '../ui/Kbd.tsx'
import { Sheet } from '../ui/Sheet.tsx'

export function KeySheet() {
  const screen = useScreen((state) => state.screen)
  return (
    <Sheet title="Keys of this screen" wide onClose={() => showSheet(null)}>
      <dl className="key-list">
        {commandsOf(screen).map((command) => (
          <div key={command.title}>
            <dt>
              <Kbd keys={command.keys} />
            </dt>
            <dd>{command.title}</dd>
          </div>
        ))}
      </dl>
    </Sheet>
  )
}
