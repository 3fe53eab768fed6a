/** A table while its words are given, and what came of it: every row that was not used, with its reason. */
import { TriangleAlert } from 'lucide-react'
import { byWhom } from '../../../shared/elsewhere.ts'
import type { TableCaptions, UnusedRow } from '../../../shared/contract/tables.ts'
import { formatCount, plural } from '../../format.ts'
import { cancelTable, closeGiven, useTable } from '../../stores/table.ts'
import { Button } from '../../ui/Button.tsx'
import { Progress } from '../../ui/Progress.tsx'

/** More rows than this help nobody; the count says how many there are. */
const MOST_ROWS = 500

function Unused({ rows }: { readonly rows: readonly UnusedRow[] }) {
  return (
    <div className="refused" tabIndex={0} role="region" aria-label="Rows not used">
      <table>
        <thead>
          <tr>
            <th scope="col">Line</th>
            <th scope="col">Image</th>
            <th scope="col">Why it was not used</th>
          </tr>
        </thead>
        <tbody>
          {rows.slice(0, MOST_ROWS).map(({ line, image, reason }, index) => (
            <tr key={index}>
              <td className="num">{line}</td>
              <td className="mono" dir="auto">
                {image.slice(0, 200)}
              </td>
              <td>{reason}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {rows.length > MOST_ROWS && (
        <p className="dim">and {plural(rows.length - MOST_ROWS, 'row')} more</p>
      )}
    </div>
  )
}

const WORK = {
  words: 'Giving images their words',
  captions: 'Keeping captions',
  scores: 'Scoring captions',
} as const

/** What became of the captions, those without a score with the reason. */
function captionsText({ added, there, unscored, problem, writers }: TableCaptions): string {
  return [
    `${plural(added, 'caption')}${byWhom(writers)}`,
    ...(there > 0 ? [`${formatCount(there)} already here`] : []),
    ...(unscored > 0 ? [`${formatCount(unscored)} not scored (${problem ?? ''})`] : []),
  ].join(', ')
}

export function TablePanel() {
  const progress = useTable((state) => state.progress)
  const given = useTable((state) => state.given)
  if (progress !== null)
    return (
      <section className="panel" aria-label="Table">
        <div className="progress" role="status">
          <b>{WORK[progress.what]}</b>
          <Progress label={WORK[progress.what]} fraction={progress.fraction} />
          {progress.what !== 'words' && (
            <span className="num">
              {formatCount(progress.done)} of {formatCount(progress.total)}
            </span>
          )}
          <span className="grow" />
          <Button look="quiet" keys="Esc" onPress={cancelTable}>
            Cancel
          </Button>
        </div>
      </section>
    )
  if (!given) return null
  const { images, altTexts, classNames, groups, unused, file, captions } = given
  const parts = [
    captions !== undefined && captionsText(captions),
    altTexts > 0 && plural(altTexts, 'alt-text'),
    classNames > 0 && plural(classNames, 'class name'),
    groups > 0 && plural(groups, 'group'),
  ].filter((part) => part !== false)
  return (
    <section className="panel" aria-label="Table">
      <div className="progress">
        {unused.length > 0 && <TriangleAlert className="icon" aria-hidden="true" />}
        <span className="grow">
          <b>{parts.length > 0 ? parts.join(', ') : 'Nothing'}</b> for {plural(images, 'image')}{' '}
          from <span dir="auto">{file.slice(-200)}</span>
          {unused.length > 0 && `, ${plural(unused.length, 'row')} not used`}
        </span>
        <Button look="quiet" onPress={closeGiven}>
          Close
        </Button>
      </div>
      {unused.length > 0 && <Unused rows={unused} />}
    </section>
  )
}
