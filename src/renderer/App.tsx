/** The workbench: bar, the open screen, status line, and what lies over them. */
import { Boundary } from './components/Boundary.tsx'
import { DropTarget } from './components/DropTarget.tsx'
import { EditImage } from './components/EditImage.tsx'
import { KeySheet } from './components/KeySheet.tsx'
import { Palette } from './components/Palette.tsx'
import { SendAway } from './components/SendAway.tsx'
import { StatusBar } from './components/StatusBar.tsx'
import { Toasts } from './components/Toasts.tsx'
import { TopBar } from './components/TopBar.tsx'
import { Warnings } from './components/Warnings.tsx'
import { ExportDialog } from './export/ExportDialog.tsx'
import { useKeyboard } from './keyboard.ts'
import { ComparePage } from './pages/compare/ComparePage.tsx'
import { DatasetPage } from './pages/dataset/DatasetPage.tsx'
import { RunDialog } from './pages/dataset/RunDialog.tsx'
import { SelfRoundsDialog } from './pages/dataset/SelfRoundsDialog.tsx'
import { LibraryPage } from './pages/library/LibraryPage.tsx'
import { TableDialog } from './pages/library/TableDialog.tsx'
import { EndpointDialog } from './pages/models/EndpointDialog.tsx'
import { AllowEndpoint, RemoveEndpoint } from './pages/models/EndpointSheets.tsx'
import { ModelsPage } from './pages/models/ModelsPage.tsx'
import { RoundsPage } from './pages/rounds/RoundsPage.tsx'
import { HandOver } from './pages/sessions/HandOver.tsx'
import { SessionsPage } from './pages/sessions/SessionsPage.tsx'
import { useHandOver } from './stores/hand-over.ts'
import { useScreen, type Screen } from './stores/screen.ts'

const PAGES: Readonly<Record<Screen, () => React.JSX.Element>> = {
  compare: ComparePage,
  dataset: DatasetPage,
  library: LibraryPage,
  sessions: SessionsPage,
  rounds: RoundsPage,
  models: ModelsPage,
}

function Workbench() {
  const { screen, sheet } = useScreen()
  useKeyboard()
  const Page = PAGES[screen]
  return (
    <div className="app">
      <TopBar />
      <Warnings />
      <Boundary key={screen}>
        <Page />
      </Boundary>
      <StatusBar />
      <Toasts />
      <DropTarget />
      {sheet === 'keys' && <KeySheet />}
      {sheet === 'palette' && <Palette />}
      {sheet === 'edit-image' && <EditImage />}
      {sheet === 'export' && <ExportDialog />}
      {sheet === 'run-probes' && <RunDialog />}
      {sheet === 'self-rounds' && <SelfRoundsDialog />}
      {sheet === 'table' && <TableDialog />}
      {sheet === 'endpoint' && <EndpointDialog />}
      {sheet === 'allow-endpoint' && <AllowEndpoint />}
      {sheet === 'remove-endpoint' && <RemoveEndpoint />}
      {sheet === 'send-away' && <SendAway />}
    </div>
  )
}

/** While a rater has the keyboard there is no workbench: no command, no palette, no picture's name. */
export function App() {
  const handed = useHandOver((state) => state.handed)
  return <Boundary>{handed ? <HandOver token={handed.token} /> : <Workbench />}</Boundary>
}
