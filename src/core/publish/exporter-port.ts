/** What the core asks of a host that can make files: a place for each, and writers for every format. */
import type { FileFormat } from '../../shared/contract/publish.ts'
import type { Table } from '../../shared/contract/studies.ts'
import type { DataColumn, DataRow } from './data-columns.ts'

export type DocumentFormat = Extract<FileFormat, 'tex' | 'html' | 'md' | 'pdf' | 'png'>
export type DataFormat = Exclude<FileFormat, DocumentFormat | 'svg'>

export type ExportContent =
  | {
      readonly kind: 'document'
      readonly text: string
      /** Pictures that the text names, in a folder of this name beside it. */
      readonly folder: string
      readonly files: readonly { readonly name: string; readonly bytes: Uint8Array }[]
    }
  /** A page of ours that is to be printed; `trace` is kept in the file besides. */
  | {
      readonly kind: 'page'
      readonly html: string
      readonly format: 'pdf' | 'png'
      readonly trace: string
    }
  | {
      readonly kind: 'rows'
      readonly format: DataFormat
      readonly columns: readonly DataColumn[]
      readonly batches: AsyncIterable<readonly DataRow[]>
      readonly bom: boolean
    }

export type ExportStep =
  | { readonly kind: 'rows'; readonly rows: number }
  /** Of the finished file, where the page is to save it. */
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array<ArrayBuffer> }

export interface WrittenFile {
  readonly name: string
  readonly where: 'disk' | 'page'
  readonly bytes: number
}

export interface ExportPlace {
  /** The file's name there, without any folder. */
  readonly name: string
  /** Whole or not at all: an abort or a failure leaves what was there before. */
  write(content: ExportContent, signal: AbortSignal): AsyncGenerator<ExportStep, WrittenFile>
}

export interface Exporter {
  /** Why files of this format cannot be made here; null when they can. */
  blocked(format: FileFormat): string | null
  /** One spreadsheet with a sheet for each table. */
  spreadsheet(tables: readonly Table[]): Promise<Uint8Array<ArrayBuffer>>
  /** Asks the person where the host has a dialog; null when it was dismissed. */
  place(name: string): Promise<ExportPlace | null>
}
