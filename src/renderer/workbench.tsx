/** Entry of the researcher's page. */
import '@fontsource-variable/inter/wght.css'
import './styles/fonts.css'
import './styles/tokens.css'
import './styles/base.css'
import './styles/controls.css'
import './styles/compare.css'
import './styles/columns.css'
import './styles/inspector.css'
import './styles/grounding.css'
import './styles/branch.css'
import './styles/library.css'
import './styles/endpoints.css'
import './styles/over.css'
import './styles/sessions.css'
import './styles/study-report.css'
import './styles/rounds.css'
import './styles/export.css'
import './styles/dataset.css'
import './styles/triangulation.css'
import { createRoot } from 'react-dom/client'
import { isConnected, preparePictures } from './api.ts'
import { App } from './App.tsx'
import { followHost } from './stores/follow-host.ts'
import { reloadImages } from './stores/library.ts'
import { returnToPlace } from './stores/place.ts'
import { refreshModels, refreshStatus } from './stores/status.ts'
import { showError } from './stores/toasts.ts'

function NoToken() {
  return (
    <main className="centred">
      <div className="empty">
        <p>
          This address lacks its token. Open the whole address that the workbench printed when it
          started.
        </p>
      </div>
    </main>
  )
}

async function start(): Promise<void> {
  const root = createRoot(document.getElementById('root') as HTMLElement)
  if (!isConnected) return root.render(<NoToken />)
  await preparePictures().catch(showError)
  followHost()
  void Promise.all([refreshStatus(), refreshModels(), reloadImages()])
  await returnToPlace()
  root.render(<App />)
}

void start()
