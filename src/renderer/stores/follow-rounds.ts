/** What other windows write into rounds appears here: lists, the open image, the figures. */
import { refreshFigures } from './rounds-figures.ts'
import { reloadQueue } from './rounds-queue.ts'
import { followItem } from './rounds-rewrite.ts'
import { refreshAnnotations, useRounds } from './rounds.ts'
import { seldom } from './seldom.ts'

export const followRounds = seldom(async () => {
  await refreshAnnotations()
  const { openId, view } = useRounds.getState()
  if (openId === null) return
  if (view === 'figures') return refreshFigures()
  await Promise.all([reloadQueue(), followItem()])
})
