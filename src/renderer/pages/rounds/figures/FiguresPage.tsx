/** What the rounds have come to: the table of the paper's section 5.1, who did what, and what follows from it. */
import { useEffect } from 'react'
import { useFigures, refreshFigures } from '../../../stores/rounds-figures.ts'
import { AnnotatorsTable } from './AnnotatorsTable.tsx'
import { ExportRounds } from './ExportRounds.tsx'
import { NextRound } from './NextRound.tsx'
import { PutIn } from './PutIn.tsx'
import { RoundsFigure } from './RoundsFigure.tsx'
import { RoundsTable } from './RoundsTable.tsx'
import { Unscored } from './Unscored.tsx'

export function FiguresPage() {
  useEffect(() => void refreshFigures(), [])
  const figures = useFigures((state) => state.figures)
  if (!figures) return <p className="dim">Counting</p>
  return (
    <div className="report rounds-figures">
      <Unscored />
      <section className="sheet report-part" aria-labelledby="rounds-table-title">
        <h3 id="rounds-table-title">Round by round</h3>
        <RoundsTable figures={figures} />
        <RoundsFigure rounds={figures.rounds} />
        {figures.outlook !== null && <p className="caption-note outlook">{figures.outlook}</p>}
        <ul className="caption-note figure-notes" aria-label="How the figures were computed">
          {figures.notes.map((words) => (
            <li key={words}>{words}</li>
          ))}
        </ul>
      </section>
      <NextRound />
      {figures.annotators.length > 0 && <AnnotatorsTable rows={figures.annotators} />}
      <PutIn />
      <ExportRounds />
    </div>
  )
}
