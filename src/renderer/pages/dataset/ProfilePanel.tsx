/** The grounding profile above the table: rates by kind, captioner, class or group, and how stable captions are. */
import { Download } from 'lucide-react'
import { useEffect, useRef } from 'react'
import { formatCount, plural } from '../../format.ts'
import { useDataset } from '../../stores/dataset.ts'
import {
  cancelProposing,
  loadProfile,
  profileBy,
  proposeMarks,
  useProfile,
  type By,
  type Profile,
} from '../../stores/profile.ts'
import { useStatus } from '../../stores/status.ts'
import { Button } from '../../ui/Button.tsx'
import { Progress } from '../../ui/Progress.tsx'
import { ProfileChart } from './ProfileChart.tsx'
import { saveSvg } from './save-svg.ts'

const BY: Readonly<Record<By, string>> = {
  kind: 'kind of alt-text',
  captioner: 'captioner',
  class: 'class',
  group: 'group',
}

/** More bars than this are no figure; the commonest rows stand first then. */
const MOST_ROWS = 24
/** Above this the rates take more than a few seconds (20,000 cells: about one): they are computed when asked for. */
const AT_ONCE = 50_000

function Stability({ stability }: Pick<Profile, 'stability'>) {
  const { groups, identical, similarity } = stability
  if (groups === 0 || identical === null || similarity === null)
    return <span>No cell has more than one seed, so stability is not known.</span>
  return (
    <span className="num">
      Stability over seeds: {Math.round(identical * 100)} % identical, words alike{' '}
      {similarity.toFixed(2)} ({plural(groups, 'place')})
    </span>
  )
}

function Unmarked({ unmarked }: { readonly unmarked: number }) {
  const proposing = useProfile((state) => state.proposing)
  const list = useDataset((state) => state.list)
  if (proposing !== null)
    return (
      <span className="progress" role="status">
        Proposing marks
        <Progress label="Proposing marks" fraction={proposing} />
        <Button look="quiet" onPress={cancelProposing}>
          Cancel
        </Button>
      </span>
    )
  if (unmarked === 0) return null
  return (
    <Button onPress={() => list && void proposeMarks([...new Set(list.cellIds)])}>
      Propose marks for {plural(unmarked, 'cell')}
    </Button>
  )
}

/** Asked again whenever another run is looked at, or its cells or their marks change. */
function useFresh(): boolean {
  const runId = useDataset((state) => state.query.runId)
  const ofRun = useDataset((state) => state.runs.find(({ id }) => id === runId)?.cells)
  const ofAll = useStatus((state) => state.status?.workspace.cells)
  const revision = useStatus((state) => state.status?.workspace.revision)
  const cells = runId === undefined ? ofAll : ofRun
  const many = (cells ?? 0) > AT_ONCE
  useEffect(() => {
    if (cells !== undefined && !many) void loadProfile()
  }, [runId, cells, revision, many])
  return many
}

export function ProfilePanel() {
  const chart = useRef<SVGSVGElement>(null)
  const { by, profile, loading } = useProfile()
  const many = useFresh()
  const rows = profile?.rows ?? []
  const shown =
    rows.length > MOST_ROWS ? rows.toSorted((a, b) => b.cells - a.cells).slice(0, MOST_ROWS) : rows
  return (
    <section className="profile sheet" aria-label="Grounding profile" aria-busy={loading}>
      <div className="profile-head">
        <h2>Grounding profile</h2>
        <label>
          <span className="dim">by</span>
          <select
            className="text-input"
            aria-label="Profile by"
            value={by}
            onChange={(event) => profileBy(event.target.value as By)}
          >
            {Object.entries(BY).map(([key, name]) => (
              <option key={key} value={key}>
                {name}
              </option>
            ))}
          </select>
        </label>
        <span className="dim grow">
          {profile && (
            <>
              {formatCount(profile.cells)} cells, bars with 95 % intervals over images.{' '}
              <Stability stability={profile.stability} />
            </>
          )}
        </span>
        {profile && <Unmarked unmarked={profile.unmarked} />}
        <Button
          look="quiet"
          icon={<Download className="icon" aria-hidden="true" />}
          blocked={shown.length > 0 ? null : 'There is no chart yet'}
          onPress={() => chart.current && saveSvg(chart.current, `grounding-by-${by}.svg`)}
        >
          Save chart as SVG
        </Button>
      </div>
      {many && !profile && (
        <Button
          blocked={loading ? 'It is being computed' : null}
          onPress={() => void loadProfile()}
        >
          Compute the profile of all cells
        </Button>
      )}
      {shown.length > 0 && (
        <div className="profile-scroll">
          <ProfileChart rows={shown} chart={chart} title={`Rates by ${BY[by]}`} />
        </div>
      )}
      {rows.length > shown.length && (
        <p className="dim">
          The {MOST_ROWS} with most cells of {formatCount(rows.length)}.
        </p>
      )}
      {profile && rows.length === 0 && (
        <p className="dim">No cell has marks yet: propose them to see what captions carry.</p>
      )}
    </section>
  )
}
