/** Whether whoever sits here may write this round of the open image: until then nothing of it can be changed. */
import { mayNotWrite } from '../../../rounds/item-view.ts'
import { annotatorOf, useRounds } from '../../../stores/rounds.ts'
import { useRewrite } from '../../../stores/rounds-rewrite.ts'

export function useMayWrite(): boolean {
  const detail = useRounds((state) => state.detail)
  const annotator = useRounds(annotatorOf)
  const { item, imageId, moving, round } = useRewrite()
  if (!detail || !item || item.imageId !== imageId || moving) return false
  return mayNotWrite(detail, item, { round, annotator }) === null
}
