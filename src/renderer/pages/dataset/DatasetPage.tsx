/** Every image under every condition: run a probe pack, read the rates, scroll the cells, compare two runs. */
import { Play, RotateCw } from 'lucide-react'
import { useEffect } from 'react'
import { AddImages } from '../../components/AddImages.tsx'
import { plural } from '../../format.ts'
import {
  chooseRun,
  isFiltered,
  openDataset,
  toggleProfile,
  useDataset,
} from '../../stores/dataset.ts'
import { goOn, useProbes } from '../../stores/probe-run.ts'
import { showSheet } from '../../stores/screen.ts'
import { useStatus } from '../../stores/status.ts'
import { toggleTriangulation, useTriangulation } from '../../stores/triangulation.ts'
import { Button } from '../../ui/Button.tsx'
import { DatasetTable } from './DatasetTable.tsx'
import { FilterBar, runName } from './FilterBar.tsx'
import { ProfilePanel } from './ProfilePanel.tsx'
import { RunBar } from './RunBar.tsx'
import { TriangulationPanel } from './TriangulationPanel.tsx'
import { TriangulationTable } from './TriangulationTable.tsx'

const UNFINISHED = new Set(['cancelled', 'interrupted', 'failed', 'some-failed'])

function Head() {
  const runs = useDataset((state) => state.runs)
  const runId = useDataset((state) => state.query.runId)
  const shown = useDataset((state) => state.showProfile)
  const running = useProbes((state) => state.progress !== null)
  const triangulating = useTriangulation((state) => state.shown)
  const run = runs.find(({ id }) => id === runId)
  const busy = running ? 'A probe pack is running' : null
  return (
    <div className="page-head">
      <div className="grow">
        <h1>Dataset</h1>
        <div className="sub clip">
          {run
            ? `${plural(run.images, 'image')}, ${plural(run.cells, 'caption')}${run.failed > 0 ? `, ${run.failed} failed` : ''}, ${run.status.replace('-', ' ')}`
            : 'Every caption of this workspace'}
        </div>
      </div>
      <label>
        <span className="sr">Run</span>
        <select
          className="text-input"
          value={runId ?? ''}
          onChange={({ target }) => chooseRun(target.value === '' ? null : target.value)}
        >
          <option value="">All captions</option>
          {runs.map((one) => (
            <option key={one.id} value={one.id}>
              {runName(one)}
            </option>
          ))}
        </select>
      </label>
      {run?.kind === 'probes' && UNFINISHED.has(run.status) && (
        <Button
          icon={<RotateCw className="icon" aria-hidden="true" />}
          blocked={busy}
          onPress={() => void goOn(run.id)}
        >
          Go on
        </Button>
      )}
      <Button look="quiet" onPress={() => showSheet('self-rounds')}>
        Self-rounds
      </Button>
      {!triangulating && (
        <Button keys="G" pressed={shown} onPress={toggleProfile}>
          Profile
        </Button>
      )}
      <Button keys="D" pressed={triangulating} onPress={toggleTriangulation}>
        Triangulate
      </Button>
      <Button
        look="primary"
        keys="R"
        icon={<Play className="icon" aria-hidden="true" />}
        blocked={busy}
        onPress={() => showSheet('run-probes')}
      >
        Run a probe pack
      </Button>
    </div>
  )
}

function Nothing() {
  const filtered = useDataset((state) => isFiltered(state.query))
  const bare = useStatus((state) => state.status?.workspace.images === 0)
  const pack =
    'A probe pack fills a row of alt-texts for every image: empty, the class, a sibling, something far, another image’s, noise.'
  return (
    <div className="centred">
      <div className="empty">
        {filtered && <p>No caption fits these filters.</p>}
        {!filtered && bare && (
          <>
            <p>No images yet: bring some in first. {pack}</p>
            <div className="together">
              <AddImages primary />
            </div>
          </>
        )}
        {!filtered && !bare && (
          <>
            <p>No captions yet. {pack}</p>
            <Button look="primary" onPress={() => showSheet('run-probes')}>
              Run a probe pack
            </Button>
          </>
        )}
      </div>
    </div>
  )
}

function Captions() {
  const list = useDataset((state) => state.list)
  const shown = useDataset((state) => state.showProfile)
  const empty = list !== null && list.cellIds.length === 0
  const filtered = useDataset((state) => isFiltered(state.query))
  return (
    <>
      {shown && (!empty || filtered) && <ProfilePanel />}
      {(!empty || filtered) && <FilterBar />}
      {empty ? <Nothing /> : <DatasetTable />}
    </>
  )
}

export function DatasetPage() {
  const triangulating = useTriangulation((state) => state.shown)
  useEffect(() => void openDataset(), [])
  return (
    <main className={triangulating ? 'dataset triangulating' : 'dataset'}>
      <Head />
      <RunBar />
      {triangulating ? (
        <>
          <TriangulationPanel />
          <TriangulationTable />
        </>
      ) : (
        <Captions />
      )}
    </main>
  )
}
