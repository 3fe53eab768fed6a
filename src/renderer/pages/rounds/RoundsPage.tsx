/** Rounds of annotation: people rewrite captions, round upon round, and see what each round changed. */
import { useEffect } from 'react'
import { refreshAnnotations, useRounds } from '../../stores/rounds.ts'
import { BeginPage } from './begin/BeginPage.tsx'
import { FiguresPage } from './figures/FiguresPage.tsx'
import { RoundsHead } from './RoundsHead.tsx'
import { RoundsList } from './RoundsList.tsx'
import { Queue } from './studio/Queue.tsx'
import { Studio } from './studio/Studio.tsx'
import { useTop } from '../../ui/use-top.ts'

function Open() {
  const openId = useRounds((state) => state.openId)
  const loaded = useRounds((state) => state.loaded)
  const here = useRounds((state) => state.detail !== null)
  const view = useRounds((state) => state.view)
  if (!loaded) return <p className="dim">Opening the workspace</p>
  if (openId === null) return <BeginPage />
  return (
    <>
      <RoundsHead />
      {here && (view === 'figures' ? <FiguresPage key={openId} /> : <Studio key={openId} />)}
    </>
  )
}

export function RoundsPage() {
  useEffect(() => void refreshAnnotations(), [])
  const studio = useRounds(
    ({ view, openId, detail }) => view !== 'figures' && openId !== null && detail !== null,
  )
  const openId = useRounds((state) => state.openId)
  const view = useRounds((state) => state.view)
  const page = useTop<HTMLElement>(`${openId} ${view}`)
  return (
    <div className="sessions rounds">
      <nav className="study-list" aria-label="Rounds of annotation">
        <RoundsList />
        {studio && <Queue />}
      </nav>
      <main
        className={studio ? 'sessions-main studio-main' : 'sessions-main'}
        tabIndex={-1}
        ref={page}
      >
        <Open />
      </main>
    </div>
  )
}
