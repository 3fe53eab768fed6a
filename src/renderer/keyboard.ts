/** Binds the commands of the open screen to their keys; text fields keep their letters. */
import { useLayoutEffect } from 'react'
import { tinykeys } from 'tinykeys'
import { commandsOf, type Command } from './commands.ts'
import { useScreen } from './stores/screen.ts'

const isField = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable || target.matches('input, textarea, select, [role=searchbox]'))

function onKey(command: Command, event: KeyboardEvent): void {
  // A sheet over the page has its own keys.
  if (event.defaultPrevented || event.isComposing || useScreen.getState().sheet !== null) return
  if (isField(event.target) && !command.inFields) return
  // Alt with an arrow opens a list of choices.
  if (event.altKey && event.target instanceof HTMLSelectElement) return
  if (command.bind !== 'Escape') event.preventDefault()
  command.run()
}

export function useKeyboard(): void {
  const screen = useScreen((state) => state.screen)
  // With the screen itself: a key pressed right after it shows is not lost.
  useLayoutEffect(() => {
    const bindings = commandsOf(screen).map((command) => [
      command.bind,
      (event: KeyboardEvent) => onKey(command, event),
    ])
    // onKey minds text fields itself: some commands work in them too.
    return tinykeys(window, Object.fromEntries(bindings), { ignore: () => false })
  }, [screen])
}
