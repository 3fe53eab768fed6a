/** The product's table of contents: one handler for each line of the contract. */
import type { CallName, Output, Parsed, TaskEvent, TaskName } from '../shared/contract.ts'
import { annotationProcedures } from './annotations/procedures.ts'
import { branchCell } from './comparisons/branch-cell.ts'
import { cellTokens, searchCells } from './comparisons/cells.ts'
import { replayCell } from './comparisons/replay-cell.ts'
import { runComparison } from './comparisons/run-comparison.ts'
import { listDataset } from './dataset/list-dataset.ts'
import { datasetRows } from './dataset/dataset-rows.ts'
import { recaption } from './dataset/recaption.ts'
import { listRuns, runRequest } from './dataset/runs.ts'
import type { Deps } from './deps.ts'
import { groundingProcedures } from './grounding/procedures.ts'
import { importImages } from './images/import-images.ts'
import { imageDetail, listImages, setAltText } from './images/library.ts'
import { pickImages } from './images/pick-images.ts'
import { picture } from './images/picture.ts'
import { studyProcedures } from './studies/study-procedures.ts'
import { applyTable, readTable } from './tables/tables.ts'
import { endpointProcedures } from './models/endpoints.ts'
import { addModel } from './models/add-model.ts'
import { appStatus, checkModel, countAltTokens, listModels, useScorer } from './models/models.ts'
import { scoreEverything } from './models/score-all.ts'
import { fileFormats, publishFile } from './publish/publish-file.ts'
import { previewDocument } from './publish/preview.ts'
import { publishFigure } from './publish/statistics/publish-figure.ts'
import { publishDocument, publishRows } from './publish/publish.ts'
import { scoreAltTexts } from './publish/score-alt-texts.ts'
import { traceCells } from './publish/trace.ts'
import { triangulate } from './triangulation/triangulate.ts'

type Task<K extends TaskName> = (
  input: Parsed<K>,
  signal: AbortSignal,
) => AsyncGenerator<TaskEvent<K>, Output<K>>
type Call<K extends CallName> = (
  input: Parsed<K>,
  signal: AbortSignal,
) => Promise<Output<K>> | Output<K>
export type Procedures = { readonly [K in TaskName]: Task<K> } & {
  readonly [K in CallName]: Call<K>
}

export function createProcedures(deps: Deps): Procedures {
  const { store } = deps
  return {
    'images.import': (input, signal) => importImages(deps, input, signal),
    'images.list': (input) => listImages(deps, input),
    'images.get': ({ imageId }) => imageDetail(deps, imageId),
    'images.setAltText': (input) => setAltText(deps, input),
    'images.picture': (input, signal) => picture(deps, input, signal),
    'images.remove': ({ imageIds }) => ({ removed: store.images.hide(imageIds) }),
    'tables.read': (input, signal) => readTable(deps, input, signal),
    'tables.apply': (input, signal) => applyTable(deps, input, signal),
    'host.pickImages': ({ what }, signal) => pickImages(deps, what, signal),

    'comparisons.run': (input, signal) => runComparison(deps, input, signal),
    'cells.list': ({ imageId }) => ({
      cells: [...store.captions.ofImage(imageId), ...store.captions.branchesOf(imageId)],
    }),
    'cells.branch': (input, signal) => branchCell(deps, input, signal),
    'cells.tokens': ({ cellId }) => cellTokens(deps, cellId),
    'cells.replay': (input, signal) => replayCell(deps, input, signal),
    'cells.search': (input) => searchCells(deps, input),

    'publish.document': (input, signal) => publishDocument(deps, input, signal),
    'publish.figure': (input, signal) => publishFigure(deps, input, signal),
    'publish.preview': (input, signal) => previewDocument(deps, input, signal),
    'publish.scoreAltTexts': (input, signal) => scoreAltTexts(deps, input, signal),
    'publish.formats': () => fileFormats(deps),
    'publish.file': (input, signal) => publishFile(deps, input, signal),
    'publish.rows': (input, signal) => publishRows(deps, input, signal),
    'publish.trace': (input, signal) => traceCells(deps, input, signal),

    'runs.list': ({ limit }) => listRuns(deps, limit),
    'runs.request': ({ runId }) => runRequest(deps, runId),
    'dataset.list': (input) => listDataset(deps, input),
    'dataset.rows': ({ places }) => datasetRows(deps, places),
    'dataset.recaption': (input, signal) => recaption(deps, input, signal),
    'triangulation.run': (input, signal) => triangulate(deps, input, signal),

    'models.list': () => listModels(deps),
    'models.check': ({ bundleId }, signal) => checkModel(deps, bundleId, signal),
    'models.add': (input, signal) => addModel(deps, input, signal),
    'models.useScorer': (input) => useScorer(deps, input),
    'models.scoreAll': (_input, signal) => scoreEverything(deps, signal),
    'models.countAltTokens': (input) => countAltTokens(deps, input),
    'app.status': () => appStatus(deps),
    ...endpointProcedures(deps),
    ...groundingProcedures(deps),

    ...studyProcedures(deps),
    ...annotationProcedures(deps),
  }
}
