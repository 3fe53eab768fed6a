/** Entry of the researcher's page. */
import '@fontsource-variable/inter/wght.css'
import './styles/fonts.css'
import './styles/tokens.css'
import './styles/base.css'
import './styles/controls.css'
import './styles/compare.css'
import './styles/inspector.css'
import './styles/library.css'
import './styles/over.css'
import { createRoot } from 'react-dom/client'
import { isConnected, preparePictures } from './api.ts'
import { App } from './App.tsx'
import { reloadImages, useLibrary } from './stores/library.ts'
import { refreshModels, refreshStatus, useStatus } from './stores/status.ts'
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

/** While the sample project is being made, its images appear as they come. */
function followSample(): void {
  useStatus.subscribe(({ status }, before) => {
    const images = status?.workspace.images
    if (images !== before.status?.workspace.images && useLibrary.getState().images.length < 500)
      void reloadImages()
  })
}

async function start(): Promise<void> {
  const root = createRoot(document.getElementById('root') as HTMLElement)
  if (!isConnected) return root.render(<NoToken />)
  await preparePictures().catch(showError)
  followSample()
  void Promise.all([refreshStatus(), refreshModels(), reloadImages()])
  root.render(<App />)
}

void start()
