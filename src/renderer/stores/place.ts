/** Which screen and which image were open, the settings of captions and the fold of the inspector, kept by this window over a reload. */
import { client } from '../api.ts'
import { SCREENS } from '../screens.ts'
import { openImage, useComparison } from './comparison.ts'
import { useInspectorFold, type InspectorFold } from './inspector-fold.ts'
import { showScreen, useScreen, type Screen } from './screen.ts'
import { PAPER, useSettings, type SettingsState } from './settings.ts'

const KEY = 'realign-place'

interface Place {
  readonly screen?: Screen
  readonly imageId?: string | null
  readonly asked?: SettingsState
  readonly inspector?: InspectorFold['chosen']
}

function kept(): Place {
  try {
    return JSON.parse(sessionStorage.getItem(KEY) ?? '{}') as Place // written below
  } catch {
    return {}
  }
}

function keep(): void {
  const { screen } = useScreen.getState()
  const { imageId } = useComparison.getState()
  const asked = useSettings.getState()
  const { chosen: inspector } = useInspectorFold.getState()
  sessionStorage.setItem(KEY, JSON.stringify({ screen, imageId, asked, inspector } satisfies Place))
}

/** The place of before, then every place from now on. An image that is gone leaves the choice to the page. */
export async function returnToPlace(): Promise<void> {
  const { screen, imageId, asked, inspector } = kept()
  // What a version before this one did not keep is the paper's.
  if (asked) useSettings.setState({ ...asked, settings: { ...PAPER, ...asked.settings } })
  if (inspector === 'open' || inspector === 'folded')
    useInspectorFold.setState({ chosen: inspector })
  const known = SCREENS.find((one) => one.screen === screen)
  if (known) showScreen(known.screen)
  if (typeof imageId === 'string')
    await client.call('images.get', { imageId }).then(
      () => void openImage(imageId),
      () => {},
    )
  useScreen.subscribe(keep)
  useComparison.subscribe(keep)
  useSettings.subscribe(keep)
  useInspectorFold.subscribe(keep)
}
