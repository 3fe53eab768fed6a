/** Thumbnails at any count: only those in view are in the page, the next page loads before the end. */
import { useMemo } from 'react'
import {
  Collection,
  GridLayout,
  GridList,
  GridListItem,
  GridListLoadMoreItem,
  Size,
  Virtualizer,
  type GridListProps,
} from 'react-aria-components'
import type { ImageCard } from '../../shared/types.ts'
import { pictureUrl } from '../api.ts'
import { formatCount, plural } from '../format.ts'
import { loadMoreImages, useLibrary } from '../stores/library.ts'
import { Picture } from './Picture.tsx'

export interface ImageGridProps extends Pick<
  GridListProps<ImageCard>,
  | 'selectionMode'
  | 'selectionBehavior'
  | 'selectedKeys'
  | 'onSelectionChange'
  | 'onAction'
  | 'renderEmptyState'
> {
  readonly label: string
  /** Side of a thumbnail, px; `names` adds two lines below. */
  readonly side: number
  readonly gap: number
  readonly names: boolean
}

const NAME_LINES = 38

function Card({ image, names }: { readonly image: ImageCard; readonly names: boolean }) {
  return (
    <>
      <span className="thumb">
        <Picture src={pictureUrl(image.id, 'thumbnail')} alt="" />
        {image.captions > 0 && (
          <span className="badge num" title={plural(image.captions, 'caption')}>
            {formatCount(image.captions)}
          </span>
        )}
      </span>
      {names && (
        <span className="thumb-words">
          <span className="clip" title={image.name}>
            {image.name}
          </span>
          <span className="clip dim" title={image.className ?? undefined}>
            {image.className ?? 'no class name'}
          </span>
        </span>
      )}
    </>
  )
}

const item = (names: boolean) => (image: ImageCard) => (
  <GridListItem
    id={image.id}
    value={image}
    textValue={image.name}
    className={names ? 'card' : 'card bare'}
  >
    <Card image={image} names={names} />
  </GridListItem>
)
/** The same function every time: only cards that changed are made again. */
const named = item(true)
const bare = item(false)

export function ImageGrid({ label, side, gap, names, ...list }: ImageGridProps) {
  const images = useLibrary((state) => state.images)
  const loading = useLibrary((state) => state.loading)
  const layoutOptions = useMemo(() => {
    const size = new Size(side, names ? side + NAME_LINES : side)
    return {
      minItemSize: size,
      // Cells keep their shape: a rest of width goes to the gaps, not to the pictures.
      maxItemSize: names ? new Size(side * 1.4, side * 1.4 + NAME_LINES) : size,
      minSpace: new Size(gap, gap),
      // Every height is known: nothing is measured, so that no length changes while one scrolls.
      preserveAspectRatio: true,
    }
  }, [side, gap, names])
  return (
    <Virtualizer layout={GridLayout} layoutOptions={layoutOptions}>
      <GridList
        className="image-grid"
        aria-label={label}
        layout="grid"
        // Letters are commands of the screen; the search field finds names.
        disallowTypeAhead
        {...list}
      >
        <Collection items={images}>{names ? named : bare}</Collection>
        <GridListLoadMoreItem isLoading={loading} onLoadMore={() => void loadMoreImages()} />
      </GridList>
    </Virtualizer>
  )
}
