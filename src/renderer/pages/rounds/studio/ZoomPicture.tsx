/** The picture in full: fitted, or zoomed and moved by keys, wheel, drag or buttons. */
import { useEffect, useRef, useState } from 'react'
import { pictureUrl } from '../../../api.ts'
import { fitPicture, moveBy, nextZoom, useZoom, zoomBy } from '../../../stores/rounds-zoom.ts'
import { Button } from '../../../ui/Button.tsx'

/** Screen pixels a pixel of the picture, which lies whole in its frame; 1 before it is there. */
const fitOf = ({ clientWidth, clientHeight, naturalWidth, naturalHeight }: HTMLImageElement) =>
  Math.min(clientWidth / naturalWidth, clientHeight / naturalHeight) || 1

/** Percent of the picture that an arrow key moves it by. */
const STEP = 10

const ARROWS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [STEP, 0],
  ArrowRight: [-STEP, 0],
  ArrowUp: [0, STEP],
  ArrowDown: [0, -STEP],
}

function Frame({ imageId, name }: { readonly imageId: string; readonly name: string }) {
  const view = useZoom((state) => state.view)
  const image = useRef<HTMLImageElement>(null)
  const frame = useRef<HTMLDivElement>(null)
  const [failed, setFailed] = useState(false)
  const measure = () => image.current && useZoom.setState({ fit: fitOf(image.current) })
  useEffect(() => {
    const observer = new ResizeObserver(measure)
    if (image.current) observer.observe(image.current)
    return () => observer.disconnect()
  }, [])
  useEffect(() => {
    const at = frame.current
    // React listens to wheels passively, but the page must not scroll along.
    const onWheel = (event: WheelEvent) => {
      if (!event.ctrlKey && useZoom.getState().view.zoom === 1) return
      event.preventDefault()
      zoomBy(event.deltaY < 0 ? 1.25 : 0.8)
    }
    at?.addEventListener('wheel', onWheel, { passive: false })
    return () => at?.removeEventListener('wheel', onWheel)
  }, [])
  return (
    <div
      className="zoom-frame"
      ref={frame}
      role="group"
      aria-label="Picture; arrow keys move it when it is enlarged"
      tabIndex={0}
      onKeyDown={(event) => {
        const by = event.altKey ? undefined : ARROWS[event.key]
        if (!by || view.zoom === 1) return
        event.preventDefault()
        moveBy(...by)
      }}
      onPointerMove={({ buttons, movementX, movementY, currentTarget }) => {
        if (buttons !== 1) return
        const { clientWidth, clientHeight } = currentTarget
        moveBy((100 * movementX) / clientWidth, (100 * movementY) / clientHeight)
      }}
    >
      {failed ? (
        <p className="dim">The picture cannot be shown.</p>
      ) : (
        <img
          ref={image}
          src={pictureUrl(imageId, 'full')}
          alt={name}
          draggable={false}
          onLoad={measure}
          onError={() => setFailed(true)}
          style={{ transform: `translate(${view.x}%, ${view.y}%) scale(${view.zoom})` }}
        />
      )}
    </div>
  )
}

export function ZoomPicture({
  imageId,
  name,
}: {
  readonly imageId: string
  readonly name: string
}) {
  const { view, fit } = useZoom()
  useEffect(() => fitPicture, [imageId])
  return (
    <div className="zoom">
      <Frame key={imageId} imageId={imageId} name={name} />
      <div className="together zoom-tools">
        <Button look="quiet" keys="+" onPress={() => zoomBy(1.25)}>
          Zoom in
        </Button>
        <Button look="quiet" keys="-" onPress={() => zoomBy(0.8)}>
          Zoom out
        </Button>
        <Button look="quiet" keys="V" onPress={nextZoom}>
          {view.zoom === 1 ? 'Fit' : `${Math.round(100 * view.zoom * fit)} %`}
        </Button>
      </div>
    </div>
  )
}
