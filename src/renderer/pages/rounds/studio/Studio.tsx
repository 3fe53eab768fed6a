/** One image at a time: the picture and what is known of it on the left, its next text on the right. */
import { useEffect, useLayoutEffect, useRef } from 'react'
import { annotatorOf, useRounds } from '../../../stores/rounds.ts'
import { restClock, touchClock } from '../../../stores/rounds-draft.ts'
import { openQueue } from '../../../stores/rounds-queue.ts'
import { closeItem, openFirst, openNext, useRewrite } from '../../../stores/rounds-rewrite.ts'
import { Finished } from './Finished.tsx'
import { Given } from './Given.tsx'
import { ImageHead } from './ImageHead.tsx'
import { Notes } from './Notes.tsx'
import { Review } from './Review.tsx'
import { RewriteBox } from './RewriteBox.tsx'
import { Steps } from './Steps.tsx'
import { TwoTexts } from './TwoTexts.tsx'
import { Versions } from './Versions.tsx'
import { ZoomPicture } from './ZoomPicture.tsx'

/** The queue and the image of whoever sits here; another person begins with their own first one. */
function useSitting(): void {
  const annotator = useRounds(annotatorOf)
  const before = useRef<string | null | undefined>(undefined)
  useEffect(() => {
    const first = before.current === undefined
    before.current = annotator
    void openQueue()
    void (first ? openFirst() : openNext())
  }, [annotator])
  useEffect(() => {
    restClock(false)
    // What is typed lies in its draft; coming back finds it there.
    return () => {
      restClock(true)
      closeItem()
    }
  }, [])
}

/** Another image is seen from its top. */
function useTop() {
  const sides = useRef<HTMLDivElement>(null)
  const imageId = useRewrite((state) => state.item?.imageId)
  useLayoutEffect(() => {
    for (const side of sides.current?.children ?? []) side.scrollTop = 0
  }, [imageId])
  return sides
}

export function Studio() {
  useSitting()
  const sides = useTop()
  const item = useRewrite((state) => state.item)
  const finished = useRewrite((state) => state.finished)
  if (finished) return <Finished />
  if (!item) return <p className="dim studio-wait">One moment</p>
  return (
    <div
      className="studio"
      ref={sides}
      onKeyDownCapture={touchClock}
      onPointerDownCapture={touchClock}
    >
      <section className="studio-side" aria-label="Image">
        <ImageHead item={item} />
        <ZoomPicture imageId={item.imageId} name={item.imageName} />
        <Given item={item} />
        <Steps />
      </section>
      <section className="studio-write" aria-label="Rewrite">
        <TwoTexts />
        <RewriteBox />
        <Review />
        <Notes />
        <Versions item={item} />
      </section>
    </div>
  )
}
