/** The screens in the order of the bar, which is that of their keys: 1 to 6. */
import type { Screen } from './stores/screen.ts'

export const SCREENS: readonly { readonly screen: Screen; readonly title: string }[] = [
  { screen: 'compare', title: 'Compare' },
  { screen: 'dataset', title: 'Dataset' },
  { screen: 'library', title: 'Library' },
  { screen: 'sessions', title: 'Sessions' },
  { screen: 'rounds', title: 'Rounds' },
  { screen: 'models', title: 'Models' },
]
