/** What is said where no caption fits what was chosen. */
import { RealignError } from '../../shared/errors.ts'

export const nothingSelected = (): RealignError =>
  new RealignError('not-found', 'No caption fits this selection', {
    hint: 'Caption some images first, or select fewer conditions.',
  })
