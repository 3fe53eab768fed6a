/** The picture: fitted, or zoomed and panned by keys, wheel or buttons. */
import { useEffect, useState } from 'react'
import type { RateBackend } from './backend.ts'

export interface View {
  readonly zoom: number
  readonly x: number
  readonly y: number
}
export const FITTED: View = { zoom: 1, x: 0, y: 0 }

const clamp = (value: number, most: number) => Math.max(-most, Math.min(most, value))

export function moved(view: View, change: Partial<Record<'zoom' | 'x' | 'y', number>>): View {
  const zoom = Math.max(1, Math.min(8, view.zoom * (change.zoom ?? 1)))
  // Half of what is out of sight on either side.
  const most = ((zoom - 1) / 2) * 100
  return {
    zoom,
    x: clamp(view.x + (change.x ?? 0), most),
    y: clamp(view.y + (change.y ?? 0), most),
  }
}

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
  readonly onFull: () => void
  readonly onModel: () => void
}) {
  const { backend, trialId, view, full, model, keyOf, onView, onFull, onModel } = props
  const wanted = `${trialId} ${model === true}`
  const [source, setSource] = useState<{ of: string; url: string } | null>(null)
  useEffect(() => {
    let here = true
    backend.picture(trialId, model ? 'model' : 'full').then(
      (url) => here && setSource({ of: wanted, url }),
      () => here && setSource({ of: wanted, url: '' }),
    )
    return () => void (here = false)
  }, [backend, trialId, model, wanted])
  const shown = source?.of === wanted ? source.url : null
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
            style={{ transform: `translate(${view.x}%, ${view.y}%) scale(${view.zoom})` }}
          />
        )}
        {shown === '' && (
          <p role="status">
            {model ? 'The captioner’s view cannot be had now.' : 'The picture could not be loaded.'}
          </p>
        )}
      </div>
      <div className="tools">
        <button type="button" onClick={() => onView(moved(view, { zoom: 1.25 }))}>
          Zoom in <kbd>{keyOf('in')}</kbd>
        </button>
        <button type="button" onClick={() => onView(moved(view, { zoom: 0.8 }))}>
          Zoom out <kbd>{keyOf('out')}</kbd>
        </button>
        <button type="button" onClick={() => onView(FITTED)}>
          Fit
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
