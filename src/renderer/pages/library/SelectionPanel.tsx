/** What is selected in the library: one image with its facts and texts, or several as a count. */
import { Pencil } from 'lucide-react'
import { useEffect } from 'react'
import type { ImageDetail } from '../../../shared/types.ts'
import { pictureUrl } from '../../api.ts'
import { KindChip } from '../../components/KindGlyph.tsx'
import { Picture } from '../../components/Picture.tsx'
import { openExport } from '../../export/export-store.ts'
import { formatBytes, formatCount, formatWhen, plural, shortHash } from '../../format.ts'
import { openImage, useComparison } from '../../stores/comparison.ts'
import { removeImages } from '../../stores/library.ts'
import { showScreen, showSheet } from '../../stores/screen.ts'
import { refreshStatus } from '../../stores/status.ts'
import { note, showError } from '../../stores/toasts.ts'
import { Button } from '../../ui/Button.tsx'

function Facts({ image }: { readonly image: ImageDetail }) {
  return (
    <>
      <Picture src={pictureUrl(image.id, 'full')} alt="The selected image" fit="contain" />
      <h2 className="wrap" dir="auto">
        {image.name}
      </h2>
      <dl className="prov">
        <dt>Size</dt>
        <dd className="num">
          {formatCount(image.width)} × {formatCount(image.height)}, {formatBytes(image.sizeBytes)}
        </dd>
        <dt>Format</dt>
        <dd>{[image.format, ...image.notes].join(', ')}</dd>
        <dt>Content</dt>
        <dd className="mono" title={image.id}>
          sha256 {shortHash(image.id)}
        </dd>
        <dt>Added</dt>
        <dd className="num">{formatWhen(image.addedAt)}</dd>
        <dt>Captions</dt>
        <dd className="num">{formatCount(image.captions)}</dd>
        {image.sourcePath !== null && (
          <>
            <dt>From</dt>
            <dd className="wrap">{image.sourcePath}</dd>
          </>
        )}
        {image.truth !== null && (
          <>
            <dt>Drawn</dt>
            <dd>{image.truth}</dd>
          </>
        )}
      </dl>
      <ul className="texts" aria-label="Alt-texts">
        {image.altTexts.map((alt, index) => (
          <li key={index}>
            <KindChip kind={alt.kind} />
            <span className="alt">“{alt.text}”</span>
          </li>
        ))}
        {image.altTexts.length === 0 && <li className="dim">No class name or alt-text yet.</li>}
      </ul>
    </>
  )
}

async function remove(imageIds: readonly string[], onDone: () => void): Promise<void> {
  try {
    const removed = await removeImages(imageIds)
    const { imageId } = useComparison.getState()
    if (imageId !== null && imageIds.includes(imageId)) useComparison.setState({ imageId: null })
    note(`${plural(removed, 'image')} removed`, 'Captions and their provenance stay in the file.')
    onDone()
    await refreshStatus()
  } catch (error) {
    showError(error)
  }
}

/** The dialog begins with what is selected here. */
function probe(): void {
  showScreen('dataset')
  showSheet('run-probes')
}

export interface SelectionPanelProps {
  readonly selected: readonly string[]
  readonly onDone: () => void
}

export function SelectionPanel({ selected, onDone }: SelectionPanelProps) {
  const [only] = selected.length === 1 ? selected : []
  const image = useComparison((state) => (state.image?.id === only ? state.image : null))
  useEffect(() => {
    if (only !== undefined) void openImage(only)
  }, [only])
  return (
    <aside className="insp" aria-label="Selection">
      <div className="insp-scroll" tabIndex={0} role="group" aria-label="Selected image">
        {selected.length === 0 && (
          <p className="dim">
            Select an image to see what is known of it. Enter or a double click opens it in Compare.
          </p>
        )}
        {selected.length > 1 && <h2>{plural(selected.length, 'image')} selected</h2>}
        {image && <Facts image={image} />}
      </div>
      {selected.length > 0 && (
        <div className="foot column">
          {image && (
            <Button look="primary" keys="Enter" onPress={() => showScreen('compare')}>
              Compare
            </Button>
          )}
          {image && (
            <Button
              icon={<Pencil className="icon" aria-hidden="true" />}
              onPress={() => showSheet('edit-image')}
            >
              Class name and alt-text
            </Button>
          )}
          {selected.length > 1 && (
            <>
              <Button look="primary" onPress={probe}>
                Run a probe pack on them
              </Button>
              <Button onPress={openExport}>Export their captions</Button>
            </>
          )}
          <Button look="quiet" onPress={() => void remove(selected, onDone)}>
            Remove {plural(selected.length, 'image')} from the library
          </Button>
        </div>
      )}
    </aside>
  )
}
