/** Two texts of one image: another window was first. Both stay until the annotator says which one goes on. */
import { useEffect, useRef } from 'react'
import { formatWhen } from '../../../format.ts'
import { isBehind, settle, useRewrite } from '../../../stores/rounds-rewrite.ts'
import { Button } from '../../../ui/Button.tsx'

export function TwoTexts() {
  const behind = useRewrite(isBehind)
  const other = useRewrite((state) => state.item?.versions.at(-1))
  const round = useRewrite((state) => state.round)
  // Not a button: whoever was typing on must not choose unseen.
  const title = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    if (behind) title.current?.focus()
  }, [behind])
  if (!behind || !other) return null
  return (
    <div className="two-texts" role="alert">
      <h3 ref={title} tabIndex={-1}>
        Two texts of one image
      </h3>
      <p>
        {other.annotator} saved round {other.round} in another window at{' '}
        {formatWhen(other.createdAt)}. Nothing was replaced, and what you typed is still in the box
        below. Which text goes on?
      </p>
      <span className="label">Saved already</span>
      <p className="caption" dir="auto">
        {other.text}
      </p>
      <div className="together">
        <Button onPress={() => settle('theirs')}>Keep the one that is saved</Button>
        <Button onPress={() => settle('ours')}>Go on with mine, as round {round}</Button>
      </div>
    </div>
  )
}
