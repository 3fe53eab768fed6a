/** Every image of the workspace: bring in, find, name, compare. */
import { Table2 } from 'lucide-react'
import { AddImages } from '../../components/AddImages.tsx'
import { ImageGrid } from '../../components/ImageGrid.tsx'
import { pickTable } from '../../files/pick-images.ts'
import { plural } from '../../format.ts'
import { openImage } from '../../stores/comparison.ts'
import {
  listedImageIds,
  searchImages,
  selectImages,
  sortImages,
  useLibrary,
  type Sort,
} from '../../stores/library.ts'
import { showScreen } from '../../stores/screen.ts'
import { Button } from '../../ui/Button.tsx'
import { ImportPanel } from './ImportPanel.tsx'
import { SearchImages } from './SearchImages.tsx'
import { SelectionPanel } from './SelectionPanel.tsx'
import { TablePanel } from './TablePanel.tsx'

function Head() {
  const total = useLibrary((state) => state.total)
  const search = useLibrary((state) => state.search)
  const sort = useLibrary((state) => state.sort)
  return (
    <div className="page-head">
      <div className="grow">
        <h1>Library</h1>
        <div className="sub num" role="status">
          {plural(total, 'image')}
          {search !== '' && ' found'}
        </div>
      </div>
      <SearchImages />
      <label className="sort">
        <span className="sr">Order</span>
        <select
          className="text-input"
          value={sort}
          onChange={(event) => void sortImages(event.target.value as Sort)}
        >
          <option value="added">Newest first</option>
          <option value="name">By name</option>
        </select>
      </label>
      <AddImages />
      <Button icon={<Table2 className="icon" aria-hidden="true" />} keys="W" onPress={pickTable}>
        Add a table
      </Button>
    </div>
  )
}

function Nothing() {
  const loaded = useLibrary((state) => state.loaded)
  const search = useLibrary((state) => state.search)
  if (!loaded) return <p className="dim">Opening the workspace</p>
  return (
    <div className="empty">
      <p>
        {search === ''
          ? 'Drop a folder of images anywhere on this window, or add files or a folder above. Originals are never touched.'
          : 'No image has these words in its name or class name.'}
      </p>
      {search !== '' && <Button onPress={() => void searchImages('')}>Show all images</Button>}
    </div>
  )
}

export function LibraryPage() {
  const selected = useLibrary((state) => state.selected)
  return (
    <div className="library">
      <main className="library-main">
        <Head />
        <ImportPanel />
        <TablePanel />
        <ImageGrid
          label="Images"
          side={132}
          gap={16}
          names
          selectionMode="multiple"
          selectionBehavior="replace"
          selectedKeys={selected}
          onSelectionChange={(keys) =>
            keys === 'all'
              ? void listedImageIds().then(selectImages)
              : selectImages([...keys].map(String))
          }
          onAction={(key) => {
            showScreen('compare')
            void openImage(String(key))
          }}
          renderEmptyState={() => <Nothing />}
        />
      </main>
      <SelectionPanel selected={selected} onDone={() => selectImages([])} />
    </div>
  )
}
