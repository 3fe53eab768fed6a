/** Whether other pages and machines can reach the rating pages now. */
import { lookAtPages, useStudies } from '../../../stores/studies.ts'
import { Button } from '../../../ui/Button.tsx'

export function PagesPanel() {
  const pages = useStudies((state) => state.pages)
  return (
    <section className="sheet run-panel" aria-labelledby="pages-title">
      <h2 id="pages-title">Rating pages</h2>
      {!pages?.origin && (
        <p className="mid">
          {pages?.available === false
            ? 'This host does not serve them. Hand over the keyboard, or use the command line.'
            : 'Closed. They open with the first link, on this machine or in the local network.'}
        </p>
      )}
      {pages?.origin && (
        <>
          <p>
            Open at <span className="mono">{pages.origin}</span>
            {pages.lan ? ', for the local network' : ', for this machine only'}.
          </p>
          <div className="together">
            <Button onPress={() => void lookAtPages('close')}>Close the pages</Button>
          </div>
        </>
      )}
    </section>
  )
}
