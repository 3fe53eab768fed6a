/** Lets a person choose one text file and reads it; null when the dialog was dismissed. */
import { textOf } from './text-of.ts'

export interface PickedText {
  readonly name: string
  readonly text: string
}

export function pickText(accept: string): Promise<PickedText | null> {
  return new Promise((resolve, reject) => {
    const input = document.createElement('input')
    input.type = 'file'
    input.accept = accept
    input.addEventListener('cancel', () => resolve(null))
    input.addEventListener('change', () => {
      const [file] = input.files ?? []
      if (!file) return resolve(null)
      textOf(file).then((text) => resolve({ name: file.name, text }), reject)
    })
    input.click()
  })
}
