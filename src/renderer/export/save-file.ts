/** Long work of the dialog: scores alt-texts; makes the file and saves it, by the desktop's own dialog or a download. */
import { create } from 'zustand'
import { client } from '../api.ts'
import { formatBytes, formatCount, plural } from '../format.ts'
import { note, showError } from '../stores/toasts.ts'
import { useExport, type Request, type Selection } from './export-store.ts'

export interface Saving {
  readonly words: string
  /** 0 to 1; null while it cannot be known. */
  readonly fraction: number | null
}

export const useSaving = create<{ readonly saving: Saving | null }>(() => ({ saving: null }))

const PHASES = {
  choosing: 'Choosing a place',
  reading: 'Reading captions',
  printing: 'Printing the page',
} as const

let abort: AbortController | null = null
export const cancelSaving = (): void => abort?.abort()

/** A blob address is good for this page alone and is given up at once. */
function download(parts: readonly Uint8Array<ArrayBuffer>[], name: string): void {
  const address = URL.createObjectURL(new Blob([...parts]))
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(address), 60_000)
}

const tell = (words: string, fraction: number | null = null): void =>
  useSaving.setState({ saving: { words, fraction } })

/** True when the file is there. A cancel leaves no half of one. */
export async function saveFile(request: Request): Promise<boolean> {
  if (abort) return false
  abort = new AbortController()
  const parts: Uint8Array<ArrayBuffer>[] = []
  try {
    tell(PHASES.choosing)
    const work = client.run('publish.file', request, { signal: abort.signal })
    let step = await work.next()
    for (; !step.done; step = await work.next()) {
      const event = step.value
      if (event.kind === 'bytes') parts.push(new Uint8Array(event.bytes))
      else if (event.kind === 'phase') tell(PHASES[event.phase])
      else
        tell(
          `${formatCount(event.rows)} rows written`,
          event.total === null || event.total === 0 ? null : event.rows / event.total,
        )
    }
    const { name, where, bytes } = step.value
    if (where === 'page') download(parts, name)
    // A figure names no cells.
    const traced = request.format === 'svg' ? '' : ' It can be traced back to its cells.'
    note(`${name} saved`, `${formatBytes(bytes)}.${traced}`)
    return true
  } catch (error) {
    showError(error)
    return false
  } finally {
    abort = null
    useSaving.setState({ saving: null })
  }
}

/** What a cancel leaves is scored the next time. */
export async function scoreAltTexts(selection: Selection): Promise<void> {
  if (abort) return
  abort = new AbortController()
  try {
    tell('Reading alt-texts')
    const { signal } = abort
    const work = client.run('publish.scoreAltTexts', { selection }, { signal })
    let step = await work.next()
    for (; !step.done; step = await work.next()) {
      const { done, total } = step.value
      tell(
        `${formatCount(done)} of ${formatCount(total)} alt-texts scored`,
        done / Math.max(1, total),
      )
    }
    const { failed, problem } = step.value
    if (failed > 0) note(`${plural(failed, 'alt-text')} without a score`, problem ?? '')
  } catch (error) {
    showError(error)
  } finally {
    abort = null
    useSaving.setState({ saving: null })
    useExport.setState(({ scorings }) => ({ scorings: scorings + 1 }))
  }
}
