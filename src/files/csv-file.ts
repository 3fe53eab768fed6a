/** CSV files: RFC 4180, UTF-8, guarded for spreadsheets or raw for programs. */
import { csvLine, type CsvStyle } from '../core/publish/csv.ts'
import type { WriteRows } from './row-file.ts'
import { withTextSink } from './text-sink.ts'

export const csvFile =
  ({ style, bom }: { readonly style: CsvStyle; readonly bom: boolean }): WriteRows =>
  (part, { columns, batches }) =>
    withTextSink(part, async (sink) => {
      const head = csvLine(
        columns.map(({ name }) => name),
        style,
      )
      await sink.write(bom ? `\ufeff${head}` : head)
      for await (const rows of batches)
        for (const row of rows) await sink.write(csvLine(row, style))
    })
