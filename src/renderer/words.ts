/** Words for people: what each failure is called and what to do next. One place, every code. */
import { assertNever, RealignError, type ErrorCode } from '../shared/errors.ts'

export interface Words {
  readonly title: string
  readonly hint: string
}

export function wordsOf(code: ErrorCode): Words {
  switch (code) {
    case 'bad-input':
      return { title: 'That cannot be used', hint: 'Change it and try again.' }
    case 'not-found':
      return { title: 'Not in this workspace', hint: 'It may have been removed. Reload the list.' }
    case 'forbidden':
      return {
        title: 'Not allowed from here',
        hint: 'Open the address that the workbench printed when it started.',
      }
    case 'image-unreadable':
      return { title: 'Image could not be read', hint: 'Open it elsewhere and save it again.' }
    case 'model-missing':
      return { title: 'Model not found', hint: 'See Models for the file that is missing.' }
    case 'model-mismatch':
      return { title: 'Model files do not match', hint: 'Fetch the bundle again; see Models.' }
    case 'model-unsafe':
      return {
        title: 'Model refused',
        hint: 'Its files ask for more than a model may. See Models.',
      }
    case 'device-unavailable':
      return { title: 'Device not available', hint: 'The CPU works on every machine.' }
    case 'out-of-memory':
      return {
        title: 'Not enough memory',
        hint: 'Close other programs, or choose a smaller variant. Finished captions are kept.',
      }
    case 'endpoint-failed':
      return {
        title: 'The endpoint did not answer as it should',
        hint: 'See whether its server runs and knows the model; Models tests it.',
      }
    case 'engine-crashed':
      return {
        title: 'The engine stopped',
        hint: 'It has been started again. Finished captions are kept; run the rest once more.',
      }
    case 'engine-timeout':
      return {
        title: 'The engine did not answer',
        hint: 'It has been started again. Try once more.',
      }
    case 'endpoint-failed':
      return {
        title: 'The endpoint gave no caption',
        hint: 'Check its address and the server itself. Finished captions are kept.',
      }
    case 'host-gone':
      return {
        title: 'The workbench is not running',
        hint: 'Start it again, then reload this page.',
      }
    case 'store-busy':
      return { title: 'The workspace is in use', hint: 'Close the other program that has it open.' }
    case 'store-corrupt':
      return {
        title: 'The workspace file is damaged',
        hint: 'A backup lies beside it; open that one.',
      }
    case 'store-full':
      return { title: 'The disk is full', hint: 'Make room. Everything finished is kept.' }
    case 'store-newer':
      return { title: 'Made by a newer Realign', hint: 'Update Realign to open this workspace.' }
    case 'unavailable':
      return { title: 'Not available here', hint: 'Another host of the workbench may offer it.' }
    case 'cancelled':
      return { title: 'Cancelled', hint: 'Nothing half-done was kept.' }
    case 'bug':
      return { title: 'A fault in Realign', hint: 'Please report what you did just before.' }
    default:
      return assertNever(code)
  }
}

/** What went wrong in three parts: the kind, the particular, the next step. */
export function explain(error: unknown): Words & { readonly message: string } {
  const code = error instanceof RealignError ? error.code : 'bug'
  const words = wordsOf(code)
  const message = error instanceof Error ? error.message : String(error)
  const hint = error instanceof RealignError ? error.hint : undefined
  return { title: words.title, message, hint: hint ?? words.hint }
}
