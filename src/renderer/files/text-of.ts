/** Text of a file that a person chose. */
import { RealignError } from '../../shared/errors.ts'
import { NO_PLAIN_TEXT, plainText, SAVE_AS_UTF8 } from '../../shared/plain-text.ts'

/** @throws RealignError bad-input when it is not text */
export async function textOf(file: Blob): Promise<string> {
  const text = plainText(new Uint8Array(await file.arrayBuffer()))
  if (text !== null) return text
  throw new RealignError('bad-input', `The file cannot be read: ${NO_PLAIN_TEXT}`, {
    hint: SAVE_AS_UTF8,
  })
}
