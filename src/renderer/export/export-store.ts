/** What is to be exported and how; kept while the dialog is closed, so that the next export begins where this one was. */
import { create } from 'zustand'
import type { Input, Output } from '../../shared/contract.ts'
import type { MixStrategy } from '../../shared/contract/publish.ts'
import type { AltKind } from '../../shared/types.ts'
import { useComparison } from '../stores/comparison.ts'
import { useLibrary } from '../stores/library.ts'
import { showSheet, useScreen } from '../stores/screen.ts'

export type Request = Input<'publish.file'>
export type Format = Request['format']
export type What = Request['what']
export type Selection = NonNullable<Request['selection']>
export type Base = NonNullable<Request['base']>
export type TableRow = Output<'publish.preview'>['rows'][number]

/** `image`: the open one; `selection`: of the library; `dataset`: what the dataset view shows. */
export type Scope = 'image' | 'selection' | 'dataset' | 'all'

export interface ExportState {
  readonly scope: Scope
  readonly what: What
  readonly format: Format
  readonly shape: 'long' | 'wide'
  /** Of Statistics as data: its rows, or how its vocabulary grows. */
  readonly growth: boolean
  /** Of Statistics: images of each row that words are counted over; null: as many as all rows have. */
  readonly sampleImages: number | null
  /** Of a mix: whose captions; null: whom most images have. Top and share in per cent. */
  readonly mixCaptions: TableRow | null
  readonly mixTop: number
  readonly mixShare: number
  /** Of a mix as data: the texts of this strategy; null: strategies side by side. */
  readonly mixStrategy: MixStrategy | null
  readonly baseline: AltKind
  /** null: every kind. */
  readonly altKinds: readonly AltKind[] | null
  /** Of Table 1, and of data with a row a caption: whose captions the others are measured by. */
  readonly references: readonly string[]
  /** Of Table 1 and Statistics: the row that differences are to; null: what is usual. */
  readonly base: Base | null
  /** Rows of the table of means that was previewed last, which differences can be to. */
  readonly rows: readonly TableRow[]
  /** Alt-texts in that table without a CLIP score, and how often some were scored since: the preview is made again. */
  readonly unscored: number
  readonly scorings: number
  /** Of the images so many, drawn by the seed; null: all of them. Numbers here are as they were typed (whole-numbers.ts). */
  readonly randomImages: number | null
  /** null: the field is empty. */
  readonly randomSeed: number | null
  readonly samples: 'first' | 'all'
  readonly fragment: boolean
  readonly bom: boolean
  /** null: named after what is exported. */
  readonly name: string | null
}

export const useExport = create<ExportState>(() => ({
  scope: 'image',
  what: 'table3',
  format: 'html',
  shape: 'long',
  growth: false,
  sampleImages: null,
  mixCaptions: null,
  mixTop: 30,
  mixShare: 15,
  mixStrategy: null,
  baseline: 'empty',
  altKinds: null,
  references: [],
  base: null,
  rows: [],
  unscored: 0,
  scorings: 0,
  randomImages: null,
  randomSeed: 7,
  samples: 'first',
  fragment: false,
  bom: false,
  name: null,
}))

export const FORMATS: Readonly<Record<What, readonly Format[]>> = {
  table3: ['tex', 'html', 'md', 'pdf', 'png'],
  table1: ['tex', 'html', 'md', 'pdf', 'png', 'csv', 'xlsx', 'jsonl', 'parquet'],
  statistics: ['tex', 'html', 'md', 'pdf', 'png', 'svg', 'csv', 'xlsx', 'jsonl', 'parquet'],
  mix: ['tex', 'html', 'md', 'pdf', 'png', 'csv', 'raw.csv', 'xlsx', 'jsonl', 'parquet'],
  data: ['csv', 'raw.csv', 'xlsx', 'jsonl', 'parquet'],
}

/** A row for every captioner and kind of alt-text, with differences to one of them. */
export const isOfRows = (what: What): boolean => what === 'table1' || what === 'statistics'

export const isData = (format: Format): boolean => FORMATS.data.includes(format)

/** Whether captions can be measured by references there. */
export const isMeasured = ({ what, shape }: Pick<ExportState, 'what' | 'shape'>): boolean =>
  what === 'table1' || (what === 'data' && shape === 'long')

/** A change of what is exported keeps the format where it still fits. */
export function chooseWhat(what: What): void {
  const { format } = useExport.getState()
  const first = FORMATS[what][0] ?? 'html'
  useExport.setState({ what, format: FORMATS[what].includes(format) ? format : first })
}

/** Opens the dialog over what is in front of the person. */
export function openExport(): void {
  const { screen } = useScreen.getState()
  const { selected } = useLibrary.getState()
  const scope: Scope =
    screen === 'dataset'
      ? 'dataset'
      : screen === 'library' && selected.length > 0
        ? 'selection'
        : screen === 'compare' && useComparison.getState().imageId !== null
          ? 'image'
          : 'all'
  useExport.setState({ scope, name: null })
  showSheet('export')
}
