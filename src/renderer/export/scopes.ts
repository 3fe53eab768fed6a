/** What can be exported from here, each with its selection or the reason why there is none. */
import { plural } from '../format.ts'
import { useComparison } from '../stores/comparison.ts'
import { isFiltered, useDataset } from '../stores/dataset.ts'
import { useLibrary } from '../stores/library.ts'
import { useStatus } from '../stores/status.ts'
import type { Scope, Selection } from './export-store.ts'

export interface ScopeChoice {
  readonly scope: Scope
  readonly title: string
  readonly detail: string
  readonly blocked: string | null
  readonly selection: Selection
  /** The file's name when nothing else is typed. */
  readonly name: string
}

const MOST_IMAGES = 100_000
const MOST_CELLS = 100_000
const stem = (name: string) => name.replace(/\.[^.]*$/, '').slice(0, 80)

export function useScopes(): readonly ScopeChoice[] {
  const image = useComparison((state) => state.image)
  const cells = useComparison((state) => state.cells.length)
  const selected = useLibrary((state) => state.selected)
  const workspace = useStatus((state) => state.status?.workspace)
  const { list, query, runs } = useDataset()
  const run = runs.find(({ id }) => id === query.runId)
  const shown = list?.cellIds.length ?? 0
  const noImage = image ? null : 'none is open'
  return [
    {
      scope: 'image',
      title: 'The open image',
      detail: image ? image.name : 'none',
      blocked: noImage ?? (cells > 0 ? null : 'no captions yet'),
      selection: image ? { imageIds: [image.id] } : {},
      name: image ? stem(image.name) : 'table',
    },
    {
      scope: 'selection',
      title: 'Selected in Library',
      detail: plural(selected.length, 'image'),
      blocked:
        selected.length === 0
          ? 'nothing is selected'
          : selected.length > MOST_IMAGES
            ? 'more than one export takes'
            : null,
      selection: selected.length > 0 ? { imageIds: [...selected] } : {},
      name: 'selection',
    },
    {
      scope: 'dataset',
      title: 'What Dataset shows',
      detail: plural(shown, 'caption'),
      blocked:
        list === null
          ? 'not opened yet'
          : shown === 0
            ? 'no captions'
            : shown > MOST_CELLS && isFiltered(query)
              ? 'more than 100,000; narrow the filter'
              : null,
      selection: {
        ...(query.runId !== undefined && { run: query.runId }),
        ...(list && isFiltered(query) && { cellIds: [...new Set(list.cellIds)] }),
      },
      name: stem(run?.pack ?? 'dataset') || 'dataset',
    },
    {
      scope: 'all',
      title: 'Everything',
      detail: workspace ? plural(workspace.cells, 'caption') : '',
      blocked: workspace?.cells === 0 ? 'no captions yet' : null,
      selection: {},
      name: stem(workspace?.name ?? 'workspace') || 'workspace',
    },
  ]
}
