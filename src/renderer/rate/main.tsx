/** The rater's page: from a server by its link, or from itself when it is a task file. */
import '../../shared/zod-without-eval.ts'
import { createRoot } from 'react-dom/client'
import type { TaskFile } from '../../shared/contract/studies.ts'
import '../styles/tokens.css'
import { fileBackend } from './file-backend.ts'
import { httpBackend } from './http-backend.ts'
import './page.css'
import './rate.css'
import { RatePage } from './RatePage.tsx'
import { ownStorage, tabStorage } from './storage.ts'

const inside = document.getElementById('task')?.textContent
const place = document.getElementById('root') ?? document.body
place.className = 'rater'
const root = createRoot(place)

if (inside) {
  // Written by the host that made this file.
  const { task, pictures } = JSON.parse(inside) as {
    task: TaskFile
    pictures: Record<string, string>
  }
  root.render(<RatePage backend={fileBackend(task, pictures, ownStorage.kept)} />)
} else {
  const token = location.hash.slice(1)
  if (token) tabStorage.kept.setItem('realign-rater', token)
  // The token leaves the address bar, so that a shared screen does not show it.
  history.replaceState(null, '', location.pathname)
  const kept = token || tabStorage.kept.getItem('realign-rater')
  root.render(
    kept ? (
      <RatePage backend={httpBackend(kept)} />
    ) : (
      <main className="said">
        <h1>Captions to rate</h1>
        <p>Open the link you were sent; it holds your place in the study.</p>
      </main>
    ),
  )
}
