/** What the text in the box would be as the next version: asked for while it is typed, forgotten with the next key. */
import { create } from 'zustand'
import type { TextReview } from '../../shared/annotation.ts'
import { isCancelled } from '../../shared/errors.ts'
import { MAX_CAPTION_CHARS } from '../../shared/tables.ts'
import { client } from '../api.ts'
import { explain } from '../words.ts'
import { useRewrite } from './rounds-rewrite.ts'
import { note } from './toasts.ts'

interface Reviewed {
  readonly imageId: string
  readonly round: number
  readonly text: string
  readonly review: TextReview
}

interface ReviewState {
  /** The newest that came; of an older text while another one is on its way. */
  readonly reviewed: Reviewed | null
  readonly scoring: boolean
  /** Why there is none, in words. */
  readonly problem: string | null
}

export const useReview = create<ReviewState>(() => ({
  reviewed: null,
  scoring: false,
  problem: null,
}))

const PAUSE_MS = 250
let timer: ReturnType<typeof setTimeout> | undefined
let abort = new AbortController()

async function ask(score: boolean): Promise<void> {
  abort.abort()
  const mine = new AbortController()
  abort = mine
  const { item, imageId, round, box } = useRewrite.getState()
  if (!item || imageId === null) return useReview.setState({ scoring: false })
  const { text } = box
  // Longer than any caption: the box says so, and there is nothing to read.
  if (text.length > MAX_CAPTION_CHARS) return useReview.setState({ scoring: false })
  useReview.setState({ scoring: score })
  try {
    const { annotationId } = item
    const input = { annotationId, imageId, round, text, score }
    const review = await client.call('annotations.review', input, { signal: mine.signal })
    if (abort !== mine) return
    useReview.setState({ reviewed: { imageId, round, text, review }, problem: null })
    if (score && !review.clip)
      note(
        'No score',
        'There is no scorer at hand, or it could not read the picture. Models says more.',
      )
  } catch (error) {
    if (abort !== mine || isCancelled(error)) return
    const { message, hint } = explain(error)
    useReview.setState({ problem: `${message.replace(/\.$/, '')}. ${hint}` })
  } finally {
    if (abort === mine) useReview.setState({ scoring: false })
  }
}

function soon(): void {
  clearTimeout(timer)
  abort.abort()
  useReview.setState({ scoring: false })
  timer = setTimeout(() => void ask(false), PAUSE_MS)
}

/** As well as the scorer can tell, which takes a moment. */
export function scoreText(): void {
  clearTimeout(timer)
  void ask(true)
}

export const cancelReview = (): void => {
  if (useReview.getState().scoring) soon()
}

useRewrite.subscribe((now, before) => {
  if (now.item && now.imageId !== before.imageId) useReview.setState({ problem: null })
  if (
    !now.item ||
    (now.item === before.item && now.round === before.round && now.box.text === before.box.text)
  )
    return
  soon()
})
