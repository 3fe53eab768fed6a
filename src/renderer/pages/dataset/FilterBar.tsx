/** What the table shows: words, kinds, marks, another run beside it. */
import { Repeat, X } from 'lucide-react'
import type { RunSummary } from '../../../shared/contract/dataset.ts'
import type { AltKind } from '../../../shared/types.ts'
import { useChosenCaptioner } from '../../components/CaptionerSelect.tsx'
import { formatCount, formatWhen, plural } from '../../format.ts'
import { KIND_NAMES } from '../../kinds.ts'
import {
  changeQuery,
  clearFilters,
  isFiltered,
  useDataset,
  type Query,
} from '../../stores/dataset.ts'
import { recaption, useProbes } from '../../stores/probe-run.ts'
import { beforeSending } from '../../stores/send-away.ts'
import { useStatus } from '../../stores/status.ts'
import { Button } from '../../ui/Button.tsx'
import { SearchField } from '../../ui/SearchField.tsx'
import { titleOf } from '../../captioners.ts'

const MOST_AGAIN = 100_000

const ask = (words: string): void => changeQuery({ words: words === '' ? undefined : words })

function SearchCaptions() {
  return (
    <SearchField
      id="dataset-search"
      label="Search captions"
      placeholder="Words of a caption"
      asked={useDataset((state) => state.query.words ?? '')}
      pauseMs={250}
      onAsk={ask}
    />
  )
}

function KindFilter() {
  const chosen = useDataset((state) => state.query.altKinds?.[0])
  return (
    <select
      className="text-input"
      aria-label="Kind of alt-text"
      value={chosen ?? ''}
      onChange={({ target }) =>
        changeQuery({ altKinds: target.value === '' ? undefined : [target.value as AltKind] })
      }
    >
      <option value="">All kinds</option>
      {Object.entries(KIND_NAMES).map(([kind, name]) => (
        <option key={kind} value={kind}>
          {name}
        </option>
      ))}
    </select>
  )
}

type Flag = 'carried' | 'rejected' | 'erroneous'

function MarkFilter({ flag }: { readonly flag: Flag }) {
  const chosen = useDataset((state) => state.query[flag])
  return (
    <select
      className="text-input"
      aria-label={`With marks: ${flag}`}
      value={chosen ?? ''}
      onChange={({ target }) =>
        changeQuery({ [flag]: target.value === '' ? undefined : (target.value as Query[Flag]) })
      }
    >
      <option value="">{flag}: any</option>
      <option value="some">{flag}: some</option>
      <option value="none">{flag}: none</option>
    </select>
  )
}

const SORTS: Readonly<Record<NonNullable<Query['sort']>, string>> = {
  place: 'order: by image',
  score: 'order: score',
  carried: 'order: carried',
  rejected: 'order: rejected',
  erroneous: 'order: erroneous',
  lift: 'order: alt-text lift',
  disagreement: 'order: disagreement of score and marks',
}

function Order() {
  const sort = useDataset((state) => state.query.sort ?? 'place')
  return (
    <span title="Disagreement: a high score on a caption that its marks speak against, or a low one on a clean caption">
      <select
        className="text-input"
        aria-label="Order"
        value={sort}
        onChange={({ target }) =>
          changeQuery({
            sort: target.value as NonNullable<Query['sort']>,
            descending: target.value !== 'place',
          })
        }
      >
        {Object.entries(SORTS).map(([key, name]) => (
          <option key={key} value={key}>
            {name}
          </option>
        ))}
      </select>
    </span>
  )
}

const KIND_WORDS: Readonly<Record<RunSummary['kind'], string>> = {
  comparison: 'Comparison',
  probes: 'Probes',
  'self-rounds': 'Self-rounds',
  branch: 'Branch',
  table: 'Captions made elsewhere',
}

export const runName = ({ kind, pack, file, startedAt, cells }: RunSummary): string =>
  `${pack ?? file ?? KIND_WORDS[kind]}, ${formatWhen(startedAt)}, ${plural(cells, 'caption')}`

function Against() {
  const runs = useDataset((state) => state.runs)
  const { runId, against, change = 'all' } = useDataset((state) => state.query)
  const others = runs.filter(({ id, cells }) => id !== runId && cells > 0)
  if (runId === undefined) return null
  return (
    <>
      <select
        className="text-input"
        aria-label="Compare with another run"
        value={against ?? ''}
        onChange={({ target }) =>
          changeQuery({
            against: target.value === '' ? undefined : target.value,
            change: target.value === '' ? undefined : change,
          })
        }
      >
        <option value="">beside: no run</option>
        {others.map((run) => (
          <option key={run.id} value={run.id}>
            {runName(run)}
          </option>
        ))}
      </select>
      {against !== undefined && (
        <select
          className="text-input"
          aria-label="Show"
          value={change}
          onChange={({ target }) =>
            changeQuery({ change: target.value as NonNullable<Query['change']> })
          }
        >
          <option value="all">all</option>
          <option value="changed">only changed</option>
          <option value="same">only equal</option>
          <option value="alone">only here</option>
        </select>
      )}
    </>
  )
}

/** The list as it is filtered, once more with the captioner, sampling and seed that Compare is set to. */
function Again() {
  const list = useDataset((state) => state.list)
  const running = useProbes((state) => state.progress !== null)
  const captioner = useChosenCaptioner()
  const name = useStatus(({ bundles }) => titleOf(bundles, captioner ?? ''))
  const cells = list?.cellIds.length ?? 0
  if (!list || cells === 0) return null
  const blocked = running
    ? 'A run is going on'
    : cells > MOST_AGAIN
      ? `At most ${formatCount(MOST_AGAIN)} at once: filter the list`
      : null
  return (
    <Button
      look="quiet"
      icon={<Repeat className="icon" aria-hidden="true" />}
      blocked={blocked}
      label={`Recaption these: the same alt-texts with ${name}, sampling and seed as in Compare`}
      onPress={() =>
        beforeSending(
          captioner,
          { questions: cells, pictures: list.images },
          () => void recaption(list),
        )
      }
    >
      Recaption these
    </Button>
  )
}

export function FilterBar() {
  const query = useDataset((state) => state.query)
  const behind = useDataset((state) => state.behind)
  const list = useDataset((state) => state.list)
  return (
    <div className="ds-bar" role="search" aria-label="Filter captions">
      <SearchCaptions />
      <KindFilter />
      <MarkFilter flag="carried" />
      <MarkFilter flag="rejected" />
      <MarkFilter flag="erroneous" />
      <Order />
      <Against />
      {behind !== null && <span className="kind">{behind}</span>}
      {isFiltered(query) && (
        <Button
          look="quiet"
          icon={<X className="icon" aria-hidden="true" />}
          onPress={clearFilters}
        >
          Clear filters
        </Button>
      )}
      <Again />
      <span className="count num" role="status">
        {list && `${plural(list.cellIds.length, 'caption')} of ${plural(list.images, 'image')}`}
      </span>
    </div>
  )
}
