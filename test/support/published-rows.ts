/** Rows of a data export as objects, by the names of their columns. */
import type { Client, Input } from '../../src/shared/contract.ts'
import { collect } from './builders.ts'

export async function publishedRows(client: Client, asked: Input<'publish.rows'>) {
  const { events } = await collect(client.run('publish.rows', asked))
  const names = events.flatMap((one) =>
    one.kind === 'columns' ? one.columns.map(({ name }) => name) : [],
  )
  const rows = events.flatMap((one) => (one.kind === 'rows' ? one.rows : []))
  return rows.map((row) => Object.fromEntries(names.map((name, at) => [name, row[at]])))
}
