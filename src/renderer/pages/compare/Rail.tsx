/** The images on the left: pick one to compare. */
import { ImageGrid } from '../../components/ImageGrid.tsx'
import { formatCount } from '../../format.ts'
import { openImage, useComparison } from '../../stores/comparison.ts'
import { useLibrary } from '../../stores/library.ts'
import { showScreen } from '../../stores/screen.ts'

export function Rail() {
  const imageId = useComparison((state) => state.imageId)
  const total = useLibrary((state) => state.total)
  const search = useLibrary((state) => state.search)
  return (
    <aside className="rail" aria-label="Images">
      <div className="rail-top">
        <h2>Library</h2>
        <button
          type="button"
          className="link num"
          title={search === '' ? undefined : `Those with “${search}” in their name or class name`}
          onClick={() => showScreen('library')}
        >
          {formatCount(total)}
          {search !== '' && ' found'}
          <span className="sr">{search === '' && ' images'}, open the library</span>
        </button>
      </div>
      <ImageGrid
        label="Images of this workspace"
        side={56}
        gap={8}
        names={false}
        selectionMode="single"
        selectionBehavior="replace"
        selectedKeys={imageId === null ? [] : [imageId]}
        onSelectionChange={(keys) => {
          const [key] = keys === 'all' ? [] : [...keys]
          if (key !== undefined) void openImage(String(key))
        }}
      />
    </aside>
  )
}
