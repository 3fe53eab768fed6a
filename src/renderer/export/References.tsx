/** Whose captions are references, of Table 1, of data and of the triangulation: whoever wrote captions of these images, people first. */
import { useState } from 'react'
import type { Output } from '../../shared/contract.ts'
import { isElsewhere } from '../../shared/elsewhere.ts'
import { client } from '../api.ts'
import { plural } from '../format.ts'
import { nameOf } from '../captioners.ts'
import { useStatus } from '../stores/status.ts'
import { showError } from '../stores/toasts.ts'

interface Writer {
  readonly captionerId: string
  /** Images it has captions of under some kind of alt-text, at least. */
  readonly images: number
}

/** Each once; who wrote elsewhere before captioners of this machine, which are seldom references. */
function writersIn({ sources }: Output<'studies.sources'>): readonly Writer[] {
  const images = new Map<string, number>()
  for (const one of sources)
    images.set(one.captionerId, Math.max(one.images, images.get(one.captionerId) ?? 0))
  return [...images]
    .map(([captionerId, count]) => ({ captionerId, images: count }))
    .sort((a, b) => Number(isElsewhere(b.captionerId)) - Number(isElsewhere(a.captionerId)))
}

export interface ReferencesProps {
  readonly chosen: readonly string[]
  readonly onChoose: (references: readonly string[]) => void
}

export function References({ chosen, onChoose }: ReferencesProps) {
  const bundles = useStatus((state) => state.bundles)
  const [writers, setWriters] = useState<readonly Writer[] | null>(null)
  // Every caption is looked at for this: not before somebody wants to choose.
  const look = () =>
    client
      .call('studies.sources', {})
      .then((found) => setWriters(writersIn(found)))
      .catch(showError)
  const toggle = (id: string) =>
    onChoose(chosen.includes(id) ? chosen.filter((one) => one !== id) : [...chosen, id])
  return (
    <details
      className="export-part"
      onToggle={({ currentTarget }) => currentTarget.open && writers === null && void look()}
    >
      <summary className="label">
        References:{' '}
        {chosen.length === 0 ? 'none' : chosen.map((id) => nameOf(bundles, id)).join(', ')}
      </summary>
      <p className="why">
        By what people wrote of the same images, the others get BLEU, METEOR, ROUGE, CIDEr and noun
        phrases. Captions come in with a table in the Library.
      </p>
      <div className="ticks long">
        {writers?.map(({ captionerId, images }) => (
          <label key={captionerId} className="tick">
            <input
              type="checkbox"
              checked={chosen.includes(captionerId)}
              onChange={() => toggle(captionerId)}
            />
            <span className="clip">
              <bdi>{nameOf(bundles, captionerId)}</bdi>
              <span className="dim">, {plural(images, 'image')}</span>
            </span>
          </label>
        ))}
      </div>
    </details>
  )
}
