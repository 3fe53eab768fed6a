/** Bytes of a table file to columns and rows, by the ending of its name. */
import type { ReadTable } from '../../core/tables/table-port.ts'
import { pause } from '../../shared/breather.ts'
import { isSpreadsheetName, TABLE_ENDINGS } from '../../shared/tables.ts'
import { RealignError } from '../../shared/errors.ts'
import { NO_PLAIN_TEXT, plainText, SAVE_AS_UTF8 } from '../../shared/plain-text.ts'
import { delimitedTable } from './delimited-table.ts'
import { jsonTable } from './json-table.ts'
import { parquetTable } from './parquet-table.ts'

/** UTF-16 without its mark is NUL in every second place; a NUL here and there is a text of ours. */
const NUL_SHARE = 0.1

function decoded(bytes: Uint8Array, fileName: string): string {
  const text = plainText(bytes)
  if (text !== null) return text
  try {
    const withNuls = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    const start = withNuls.slice(0, 10_000)
    if (start.split('\0').length - 1 < start.length * NUL_SHARE) return withNuls
  } catch {
    // Told below: it is no UTF-8 at all.
  }
  throw new RealignError('bad-input', `${fileName} cannot be read: ${NO_PLAIN_TEXT}`, {
    hint: SAVE_AS_UTF8,
  })
}

/** Decoding cannot be parted: what comes before and after it stands apart. */
async function textOf(bytes: Uint8Array, fileName: string): Promise<string> {
  await pause()
  const text = decoded(bytes, fileName)
  await pause()
  return text
}

/** @throws RealignError bad-input */
export const readTable: ReadTable = async (bytes, fileName, signal) => {
  const [, ending = ''] = /\.([^.]*)$/.exec(fileName.toLowerCase()) ?? []
  const empty = bytes.byteLength === 0
  if (empty) throw new RealignError('bad-input', `${fileName} is empty`, { hint: 'Name a table.' })
  switch (ending) {
    case 'csv':
    case 'tsv':
      return delimitedTable(await textOf(bytes, fileName), fileName, signal)
    case 'json':
    case 'jsonl':
    case 'ndjson':
      return jsonTable(await textOf(bytes, fileName), fileName, signal)
    case 'parquet':
      return parquetTable(bytes, fileName, signal)
    default:
      if (isSpreadsheetName(fileName))
        throw new RealignError('bad-input', `${fileName} is a spreadsheet`, {
          hint: 'Save it as CSV (UTF-8) and add that.',
        })
      throw new RealignError('bad-input', `${fileName} is no table that Realign can read`, {
        hint: `Tables end in ${TABLE_ENDINGS.map((one) => `.${one}`).join(', ')}.`,
      })
  }
}
