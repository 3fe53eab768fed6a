/** The list of images: only what is on the screen is in the page, the next page loads before the end. */
import { useEffect, useMemo, useRef } from 'react'
import {
  Collection,
  GridList,
  GridListItem,
  GridListLoadMoreItem,
  ListLayout,
  Virtualizer,
} from 'react-aria-components'
import type { AnnotationPlace } from '../../../../shared/annotation.ts'
import { pictureUrl } from '../../../api.ts'
import { Picture } from '../../../components/Picture.tsx'
import { formatCount } from '../../../format.ts'
import {
  loadMorePlaces,
  openQueue,
  useQueue,
  type QueueShow,
} from '../../../stores/rounds-queue.ts'
import { openItem, useRewrite } from '../../../stores/rounds-rewrite.ts'
import { Choice } from '../../sessions/plan/fields.tsx'

const ROW = 56

const SHOW: readonly (readonly [QueueShow, string])[] = [
  ['open', 'Open'],
  ['done', 'Done'],
  ['all', 'All'],
]

function row(place: AnnotationPlace) {
  const { imageId, imageName, round, annotator, text } = place
  const who = annotator === null ? '' : `, ${annotator}`
  return (
    <GridListItem id={imageId} value={place} textValue={imageName} className="queue-row">
      <span className="queue-thumb">
        <Picture src={pictureUrl(imageId, 'thumbnail')} alt="" />
      </span>
      <span className="grow queue-words">
        <span className="clip" dir="auto">
          {text === '' ? imageName : text}
        </span>
        <span className="clip dim num">{round === null ? 'written' : `round ${round}${who}`}</span>
      </span>
    </GridListItem>
  )
}

/** A list that comes into view because the window grew hears only of scrolling around it, so it is told of that. */
function useLookAgain() {
  const list = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const look = () => list.current?.parentElement?.dispatchEvent(new Event('scroll'))
    const later = () => requestAnimationFrame(look)
    addEventListener('resize', later)
    return () => removeEventListener('resize', later)
  }, [])
  return list
}

export function Queue() {
  const list = useLookAgain()
  const { places, total, show, loading, loaded } = useQueue()
  const imageId = useRewrite((state) => state.imageId)
  const layoutOptions = useMemo(() => ({ rowSize: ROW, loaderSize: ROW }), [])
  const chosen = useMemo(() => (imageId === null ? [] : [imageId]), [imageId])
  return (
    <div className="queue">
      <div className="queue-head">
        <Choice
          label="Images to list"
          value={show}
          options={SHOW}
          onChange={(one) => void openQueue(one)}
        />
        <span className="num dim" role="status">
          {loaded && formatCount(total)}
        </span>
      </div>
      <Virtualizer layout={ListLayout} layoutOptions={layoutOptions}>
        <GridList
          ref={list}
          className="queue-list"
          aria-label="Images of the rounds"
          selectionMode="single"
          selectionBehavior="toggle"
          disallowEmptySelection
          // Letters are commands of the screen.
          disallowTypeAhead
          selectedKeys={chosen}
          onSelectionChange={(keys) => {
            const [first] = keys === 'all' ? [] : [...keys]
            if (first !== undefined) void openItem(String(first))
          }}
          renderEmptyState={() => <p className="dim">{loaded ? 'None.' : 'Reading the list'}</p>}
        >
          <Collection items={places}>{row}</Collection>
          <GridListLoadMoreItem isLoading={loading} onLoadMore={() => void loadMorePlaces()} />
        </GridList>
      </Virtualizer>
    </div>
  )
}
