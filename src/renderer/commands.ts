/** Every command once: the keys, the key sheet and the palette are read from this table. */
import { again, copy, onSelected, pin, replay } from './actions.ts'
import { openExport } from './export/export-store.ts'
import { pickImages, pickTable } from './files/pick-images.ts'
import { SCREENS } from './screens.ts'
import { toggleProfile } from './stores/dataset.ts'
import { focusBox } from './pages/rounds/studio/box.ts'
import { stepRow } from './pages/dataset/step-row.ts'
import { focusAltText } from './stores/compose.ts'
import { addEndpoint } from './stores/endpoints.ts'
import { openNeighbour, useComparison } from './stores/comparison.ts'
import { stepSelection } from './stores/current-sheet.ts'
import {
  chooseAlternative,
  confirm,
  decide,
  growCursor,
  leaveCursor,
  stepMark,
  stepWord,
} from './stores/cursor.ts'
import { fillPresentColumn } from './stores/fill-column.ts'
import { cancelReplay } from './stores/inspection.ts'
import { cancelImport } from './stores/import.ts'
import { flipInspector, openInspector } from './stores/inspector-fold.ts'
import { cancelLens, nextLensMode } from './stores/lens.ts'
import { flipMarks, type Decision } from './stores/marks.ts'
import { cancelProbes } from './stores/probe-run.ts'
import { cancelProposing } from './stores/profile.ts'
import { cancelSelfRounds } from './stores/self-rounds.ts'
import { cancelRoundsWork } from './stores/rounds-figures.ts'
import { cancelReview, scoreText } from './stores/rounds-review.ts'
import { leaveAsItIs, saveRewrite, stepItem, tickNextStep } from './stores/rounds-rewrite.ts'
import { nextZoom, zoomBy } from './stores/rounds-zoom.ts'
import { beginNew, flipRoundsView } from './stores/rounds.ts'
import { cancelTable } from './stores/table.ts'
import { cancelTriangulation, toggleTriangulation } from './stores/triangulation.ts'
import { cancelRuns } from './stores/runs.ts'
import { showScreen, showSheet, type Screen } from './stores/screen.ts'
import { nextTheme } from './stores/theme.ts'

export interface Command {
  readonly title: string
  /** As drawn on the caps, one cap between spaces. */
  readonly keys: string
  /** As tinykeys reads it. */
  readonly bind: string
  /** Only on this screen; everywhere when missing. */
  readonly screen?: Screen
  /** Also while a text field has the focus. */
  readonly inFields?: boolean
  readonly run: () => void
}

const say = (decision: Decision) => () => void decide(decision)

export const focusSearch = (): void => document.getElementById('library-search')?.focus()
const focusCaptions = (): void => document.getElementById('dataset-search')?.focus()

const flip = (key: 'asSeen' | 'showDifferences') => () =>
  useComparison.setState((state) => ({ [key]: !state[key] }))

function cancelEverything(): void {
  cancelRuns()
  cancelReplay()
  cancelImport()
  cancelLens()
  leaveCursor()
  cancelProbes()
  cancelProposing()
  cancelSelfRounds()
  cancelTable()
  cancelTriangulation()
  cancelRoundsWork()
  cancelReview()
}

/** Its card and the switch on it are on that screen. */
function addEndpointInModels(): void {
  showScreen('models')
  addEndpoint()
}

/** Its answer stands in the inspector. */
const inspected = (run: () => void) => (): void => {
  openInspector()
  run()
}

const compare = { screen: 'compare' } as const
const library = { screen: 'library' } as const
const dataset = { screen: 'dataset' } as const
const rounds = { screen: 'rounds' } as const
/** The caption is written in a field: what is done all the time works in it. */
const writing = { ...rounds, inFields: true } as const

export const COMMANDS: readonly Command[] = [
  { ...compare, title: 'Write an alt-text', keys: 'A', bind: 'a', run: focusAltText },
  { ...compare, title: 'Next caption', keys: 'J', bind: 'j', run: () => stepSelection(1) },
  { ...compare, title: 'Previous caption', keys: 'K', bind: 'k', run: () => stepSelection(-1) },
  { ...compare, title: 'Sample again', keys: 'S', bind: 's', run: () => onSelected(again) },
  {
    ...compare,
    ...{ title: 'Caption every row with these settings', keys: 'Shift S', bind: 'Shift+S' },
    run: fillPresentColumn,
  },
  { ...compare, title: 'Copy caption', keys: 'C', bind: 'c', run: () => onSelected(copy) },
  {
    ...compare,
    ...{ title: 'Replay, or ask again, and compare', keys: 'Shift R', bind: 'Shift+R' },
    run: inspected(() => onSelected(replay)),
  },
  { ...compare, title: 'Pin as baseline', keys: 'P', bind: 'p', run: () => onSelected(pin) },
  { ...compare, title: 'Image as the model sees it', keys: 'M', bind: 'm', run: flip('asSeen') },
  { ...compare, title: 'Differences', keys: 'D', bind: 'd', run: flip('showDifferences') },
  { ...compare, title: 'Marks', keys: 'G', bind: 'g', run: flipMarks },
  { ...compare, title: 'Next mark', keys: '.', bind: '.', run: () => stepMark(1) },
  { ...compare, title: 'Previous mark', keys: ',', bind: ',', run: () => stepMark(-1) },
  { ...compare, title: 'Next word', keys: ']', bind: ']', run: () => stepWord(1) },
  { ...compare, title: 'Previous word', keys: '[', bind: '[', run: () => stepWord(-1) },
  { ...compare, title: 'One word more', keys: '}', bind: '[Shift]+}', run: () => growCursor(1) },
  { ...compare, title: 'One word less', keys: '{', bind: '[Shift]+{', run: () => growCursor(-1) },
  { ...compare, title: 'These words: carried', keys: 'B', bind: 'b', run: say('carried') },
  { ...compare, title: 'These words: erroneous', keys: 'R', bind: 'r', run: say('erroneous') },
  { ...compare, title: 'These words: rejected', keys: 'N', bind: 'n', run: say('rejected') },
  {
    ...compare,
    ...{ title: 'These words: cannot verify', keys: 'V', bind: 'v', run: say('cannot-verify') },
  },
  { ...compare, title: 'These words: no mark', keys: 'X', bind: 'x', run: say('clear') },
  {
    ...compare,
    ...{ title: 'These words: as proposed', keys: 'Y', bind: 'y', run: () => void confirm() },
  },
  {
    ...compare,
    title: 'Branch from another token',
    keys: 'F',
    bind: 'f',
    run: inspected(chooseAlternative),
  },
  { ...compare, title: 'Lens: tint by', keys: 'I', bind: 'i', run: inspected(nextLensMode) },
  { ...compare, title: 'Inspector, shown or folded', keys: 'Z', bind: 'z', run: flipInspector },
  { ...compare, title: 'Previous image', keys: 'H', bind: 'h', run: () => openNeighbour(-1) },
  { ...compare, title: 'Next image', keys: 'L', bind: 'l', run: () => openNeighbour(1) },
  {
    ...compare,
    ...{ title: 'Class name and alt-text', keys: 'E', bind: 'e' },
    run: () => useComparison.getState().image && showSheet('edit-image'),
  },
  { ...library, title: 'Search images', keys: '/', bind: '/', run: focusSearch },
  {
    ...library,
    title: 'Add a table of alt-texts or captions',
    keys: 'W',
    bind: 'w',
    run: pickTable,
  },
  { ...dataset, title: 'Search captions', keys: '/', bind: '/', run: focusCaptions },
  { ...dataset, title: 'Next row', keys: 'J', bind: 'j', run: () => stepRow(1) },
  { ...dataset, title: 'Previous row', keys: 'K', bind: 'k', run: () => stepRow(-1) },
  { ...dataset, title: 'Grounding profile', keys: 'G', bind: 'g', run: toggleProfile },
  { ...dataset, title: 'Triangulate', keys: 'D', bind: 'd', run: toggleTriangulation },
  {
    ...dataset,
    ...{ title: 'Run a probe pack', keys: 'R', bind: 'r' },
    run: () => showSheet('run-probes'),
  },
  {
    ...dataset,
    ...{ title: 'Self-rounds', keys: 'Shift R', bind: 'Shift+R' },
    run: () => showSheet('self-rounds'),
  },
  {
    ...writing,
    ...{ title: 'Save and go on', keys: 'Ctrl Enter', bind: '$mod+Enter' },
    run: () => void saveRewrite(),
  },
  {
    ...writing,
    ...{ title: 'Leave as it is and go on', keys: 'Alt L', bind: 'Alt+KeyL' },
    run: () => void leaveAsItIs(),
  },
  {
    ...writing,
    ...{ title: 'Next image', keys: 'Alt ↓', bind: 'Alt+ArrowDown' },
    run: () => void stepItem(1),
  },
  {
    ...writing,
    ...{ title: 'Previous image', keys: 'Alt ↑', bind: 'Alt+ArrowUp' },
    run: () => void stepItem(-1),
  },
  { ...writing, title: 'Score this text', keys: 'Alt S', bind: 'Alt+KeyS', run: scoreText },
  { ...writing, title: 'Tick the next step', keys: 'Alt T', bind: 'Alt+KeyT', run: tickNextStep },
  { ...rounds, title: 'Write the caption', keys: 'A', bind: 'a', run: focusBox },
  { ...rounds, title: 'Zoom in', keys: '+', bind: '[Shift]++', run: () => zoomBy(1.25) },
  { ...rounds, title: 'Zoom out', keys: '-', bind: '-', run: () => zoomBy(0.8) },
  { ...rounds, title: 'Fitted, 100, 200 or 400 %', keys: 'V', bind: 'v', run: nextZoom },
  { ...rounds, title: 'Rewrite or figures', keys: 'G', bind: 'g', run: flipRoundsView },
  { ...rounds, title: 'Begin rounds', keys: 'N', bind: 'n', run: beginNew },
  { title: 'Add files', keys: 'O', bind: 'o', run: () => void pickImages('files') },
  { title: 'Add a folder', keys: 'Shift O', bind: 'Shift+O', run: () => void pickImages('folder') },
  { title: 'Export', keys: 'Shift E', bind: 'Shift+E', run: openExport },
  { title: 'Add an endpoint', keys: 'Shift N', bind: 'Shift+N', run: addEndpointInModels },
  ...SCREENS.map(({ screen, title }, index) => ({
    title: `Go to ${title}`,
    keys: String(index + 1),
    bind: String(index + 1),
    run: () => showScreen(screen),
  })),
  { title: 'Light, dark or system', keys: 'T', bind: 't', run: nextTheme },
  {
    title: 'Cancel what is running',
    keys: 'Esc',
    bind: 'Escape',
    inFields: true,
    run: cancelEverything,
  },
  { title: 'All keys', keys: '?', bind: '[Shift]+?', run: () => showSheet('keys') },
  {
    ...{ title: 'Search or run a command', keys: 'Ctrl K', bind: '$mod+k', inFields: true },
    run: () => showSheet('palette'),
  },
]

export const commandsOf = (screen: Screen): readonly Command[] =>
  COMMANDS.filter((command) => command.screen === undefined || command.screen === screen)
