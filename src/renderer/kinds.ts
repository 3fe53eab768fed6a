/** What each kind of alt-text is called on the screen. */
import type { AltKind } from '../shared/types.ts'

export const KIND_NAMES: Readonly<Record<AltKind, string>> = {
  empty: 'Empty',
  own: 'Own alt-text',
  'class-name': 'Class name',
  general: 'General',
  hypernym: 'Hypernym',
  'partly-wrong': 'Partly wrong',
  sibling: 'Sibling',
  far: 'Far',
  random: 'Random',
  wrong: 'Wrong',
  noise: 'Noise',
  'over-length': 'Over length',
  'other-language': 'Other language',
  several: 'Several',
  self: 'Its own caption',
  free: 'Free text',
}
