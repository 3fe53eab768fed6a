/** The round after the open one: what opening it means for images that lack a text. */
import { useState } from 'react'
import { formatCount, plural } from '../../../format.ts'
import { openNextRound, showRoundsView, useRounds } from '../../../stores/rounds.ts'
import { refreshFigures } from '../../../stores/rounds-figures.ts'
import { Button } from '../../../ui/Button.tsx'
import { Sheet } from '../../../ui/Sheet.tsx'
import { SheetChoice } from '../../../ui/SheetChoice.tsx'

/** As the contract has it; its schemas stay out of the page. */
const MOST_ROUNDS = 20

async function open(): Promise<void> {
  if (!(await openNextRound())) return
  void refreshFigures()
  showRoundsView('rewrite')
}

export function NextRound() {
  const [asking, setAsking] = useState(false)
  const detail = useRounds((state) => state.detail)
  if (!detail) return null
  const { openRound, done, images, swap } = detail
  const next = openRound + 1
  const lack = images - done
  return (
    <section className="sheet report-part" aria-labelledby="next-round-title">
      <div className="report-head">
        <div className="grow">
          <h3 id="next-round-title">Round {next}</h3>
          <p className="mid">
            {lack === 0
              ? `Every image has its round ${openRound}.`
              : `${formatCount(done)} of ${plural(images, 'image')} have round ${openRound}.`}
            {swap && ' Nobody gets back what they wrote themselves.'}
          </p>
        </div>
        <Button
          look="primary"
          blocked={next > MOST_ROUNDS ? `There are at most ${MOST_ROUNDS} rounds` : null}
          onPress={() => (lack === 0 ? void open() : setAsking(true))}
        >
          Open round {next}
        </Button>
      </div>
      {asking && (
        <Sheet title={`Open round ${next}`} onClose={() => setAsking(false)}>
          <p>
            {plural(lack, 'image')} {lack === 1 ? 'lacks' : 'lack'} round {openRound}.{' '}
            {lack === 1 ? 'It stays' : 'They stay'} in the list with round {openRound} first; every
            other image waits for round {next}. Texts of round {openRound} that are there count as
            they are. An open round is not closed again.
          </p>
          <SheetChoice
            yes={`Open round ${next}`}
            onClose={() => setAsking(false)}
            onYes={() => void open()}
          />
        </Sheet>
      )}
    </section>
  )
}
