/** The whole window takes dropped files and folders; anything else dropped does nothing. */
import { useEffect, useState } from 'react'
import { filesOfDrop } from '../files/read-drop.ts'
import { importFiles } from '../stores/import.ts'
import { showScreen } from '../stores/screen.ts'
import { showError } from '../stores/toasts.ts'

const carriesFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') === true

async function take(transfer: DataTransfer): Promise<void> {
  try {
    const files = await filesOfDrop(transfer)
    showScreen('library')
    await importFiles(files)
  } catch (error) {
    showError(error)
  }
}

export function DropTarget() {
  const [over, setOver] = useState(false)
  useEffect(() => {
    const onOver = (event: DragEvent) => {
      event.preventDefault() // a dropped link or file must never navigate
      if (event.dataTransfer) event.dataTransfer.dropEffect = carriesFiles(event) ? 'copy' : 'none'
      setOver(carriesFiles(event))
    }
    const onLeave = (event: DragEvent) => {
      if (event.relatedTarget === null) setOver(false)
    }
    const onDrop = (event: DragEvent) => {
      event.preventDefault()
      setOver(false)
      if (event.dataTransfer && carriesFiles(event)) void take(event.dataTransfer)
    }
    window.addEventListener('dragover', onOver)
    window.addEventListener('dragleave', onLeave)
    window.addEventListener('drop', onDrop)
    return () => {
      window.removeEventListener('dragover', onOver)
      window.removeEventListener('dragleave', onLeave)
      window.removeEventListener('drop', onDrop)
    }
  }, [])
  if (!over) return null
  return (
    <div className="drop-veil" aria-hidden="true">
      <p>Drop to add. Originals are never touched.</p>
    </div>
  )
}
