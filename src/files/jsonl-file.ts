/** JSON lines: one object a row, every column present, text exactly as it is. */
import type { WriteRows } from './row-file.ts'
import { withTextSink } from './text-sink.ts'

export const jsonlFile: WriteRows = (part, { columns, batches }) =>
  withTextSink(part, async (sink) => {
    for await (const rows of batches)
      for (const row of rows) {
        const pairs = columns.map(({ name }, index) => [name, row[index] ?? null] as const)
        await sink.write(`${JSON.stringify(Object.fromEntries(pairs))}\n`)
      }
  })
