/** The picture: fitted, or zoomed and panned by keys, wheel or buttons. */
import { useEffect, useRef, useState } from 'react'
import type { RateBackend } from './backend.ts'
import { moved, type View } from './view.ts'

/** Screen pixels a pixel of the picture, which lies whole in its frame; 1 before it is there. */
const fitOf = ({ clientWidth, clientHeight, naturalWidth, naturalHeight }: HTMLImageElement) =>
  Math.min(clientWidth / naturalWidth, clientHeight / naturalHeight) || 1

/** A lost line comes back by itself. */
const AGAIN_MS = 1500

export function ImagePane(props: {
  readonly backend: RateBackend
  readonly trialId: string
  readonly view: View
  readonly full: boolean
  /** Is the captioner's own square shown? null: there is none. */
  readonly model: boolean | null
  /** The key of an action, as its button shows it. */
  readonly keyOf: (id: string) => string
  readonly onView: (view: View) => void
  /** Screen pixels a pixel of the fitted picture; the next size by `nextSize`. */
  readonly fit: number
  readonly onFit: (fit: number) => void
  readonly onSize: () => void
  /** How often the rater has asked for another try. */
  readonly attempt: number
  readonly onAgain: () => void
  /** What became of the picture itself. */
  readonly onLoading: (became: 'shown' | 'failed') => void
  readonly onFull: () => void
  readonly onModel: () => void
}) {
  const { backend, trialId, view, full, model, keyOf, onView, onFull, onModel } = props
  const { fit, onFit, onSize, attempt, onAgain, onLoading } = props
  const image = useRef<HTMLImageElement>(null)
  const kind = model ? 'model' : 'full'
  const wanted = `${trialId} ${kind}`
  const [source, setSource] = useState<{ of: string; url: string } | null>(null)
  useEffect(() => {
    if (backend.ready(trialId, kind) !== null) {
      if (kind === 'full') onLoading('shown')
      return
    }
    let here = true
    let again: ReturnType<typeof setTimeout> | undefined
    const say = (url: string) => {
      setSource({ of: wanted, url })
      if (kind === 'full') onLoading(url === '' ? 'failed' : 'shown')
    }
    const load = (anew: boolean) => {
      backend.picture(trialId, kind, anew).then(
        (url) => here && say(url),
        () => {
          if (!here) return
          say('')
          again = setTimeout(load, AGAIN_MS, false)
        },
      )
    }
    load(attempt > 0)
    return () => {
      here = false
      clearTimeout(again)
    }
  }, [backend, trialId, kind, wanted, attempt, onLoading])
  const shown = backend.ready(trialId, kind) ?? (source?.of === wanted ? source.url : null)
  useEffect(() => {
    const one = image.current
    if (!one) return
    const observer = new ResizeObserver(() => onFit(fitOf(one)))
    observer.observe(one)
    return () => observer.disconnect()
  }, [shown, onFit])
  return (
    <section className={full ? 'picture full' : 'picture'} aria-label="Picture">
      <div
        className="frame"
        onWheel={(event) => onView(moved(view, { zoom: event.deltaY < 0 ? 1.25 : 0.8 }))}
      >
        {shown && (
          <img
            src={shown}
            alt={model ? 'The picture as the captioner got it' : 'The picture to judge'}
            draggable={false}
            ref={image}
            onLoad={({ currentTarget }) => onFit(fitOf(currentTarget))}
            style={{ transform: `translate(${view.x}%, ${view.y}%) scale(${view.zoom})` }}
          />
        )}
        {!shown && (
          <div className="missing">
            <p role="status">
              {shown === null
                ? 'The picture is on its way.'
                : model
                  ? 'The captioner’s view cannot be had now. Trying again.'
                  : 'The picture could not be loaded. Trying again.'}
              {!model && ' Answers count once it is here.'}
            </p>
            <button type="button" onClick={onAgain}>
              Try again {!model && <kbd>{keyOf('confirm')}</kbd>}
            </button>
          </div>
        )}
      </div>
      <div className="tools">
        <button type="button" onClick={() => onView(moved(view, { zoom: 1.25 }))}>
          Zoom in <kbd>{keyOf('in')}</kbd>
        </button>
        <button type="button" onClick={() => onView(moved(view, { zoom: 0.8 }))}>
          Zoom out <kbd>{keyOf('out')}</kbd>
        </button>
        <button type="button" onClick={onSize}>
          {view.zoom === 1 ? 'Fit' : `${Math.round(100 * view.zoom * fit)} %`}{' '}
          <kbd>{keyOf('size')}</kbd>
        </button>
        <button type="button" onClick={onFull} aria-pressed={full}>
          Full <kbd>{keyOf('full')}</kbd>
        </button>
        {model !== null && (
          <button type="button" onClick={onModel} aria-pressed={model}>
            Model view <kbd>{keyOf('model')}</kbd>
          </button>
        )}
      </div>
    </section>
  )
}
