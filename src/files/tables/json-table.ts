/** JSON lines, a JSON list, or {"data": [...]} as Altogether-FT has it, as a table. */
import type { TableContent, TableFault, TableRow } from '../../core/tables/table-port.ts'
import { RealignError } from '../../shared/errors.ts'
import {
  findList,
  isObjectAfterObject,
  jsonLines,
  listItems,
  listsIn,
  type JsonItem,
} from './json-items.ts'
import { assertColumns, assertRows, createBreather, distinctNames } from './limits.ts'

type Fields = readonly (readonly [name: string, value: unknown])[]

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Objects in objects are columns of their own, as truth.jsonl has them: `species.name`. */
function fieldsOf(record: Record<string, unknown>, before = '', depth = 0): Fields {
  return Object.entries(record).flatMap(([name, value]): Fields => {
    const whole = before + name
    return isRecord(value) && depth < 2 ? fieldsOf(value, `${whole}.`, depth + 1) : [[whole, value]]
  })
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const JSON_TABLE = 'A JSON table is a list of objects, {"data": [objects]}, or one object a line.'
/** Reference captions are no alt-texts: whose they are and what they are for is for a person to say. */
const COCO =
  'It keeps names and captions in two lists, as COCO does: join them by image_id into one object a line, {"image": file_name, "caption": caption}, and add that.'

function itemsOf(text: string, fileName: string): Generator<JsonItem> {
  if (/\.(jsonl|ndjson)$/i.test(fileName)) return jsonLines(text)
  const list = findList(text)
  if (list !== null) return listItems(text, list)
  if (isObjectAfterObject(text)) return jsonLines(text)
  const lists = listsIn(text)
  const coco = lists.has('images') && lists.has('annotations')
  throw new RealignError('bad-input', `${fileName} holds no list of rows`, {
    hint: coco ? COCO : JSON_TABLE,
  })
}

/** Columns grow with the rows that have them. */
function createRows() {
  const places = new Map<string, number>()
  const rows: TableRow[] = []
  return {
    places,
    rows,
    add(line: number, given: Fields): void {
      const fields: string[] = []
      const noText: number[] = []
      for (const [name, value] of given) {
        const place = places.get(name) ?? places.size
        if (place === places.size) {
          places.set(name, place)
          assertColumns(places.size)
        }
        while (fields.length < place) fields.push('')
        if (typeof value === 'object' && value !== null) noText.push(place)
        else if (value !== null) fields[place] = String(value)
        fields[place] ??= ''
      }
      rows.push({ line, fields, ...(noText.length > 0 && { noText }) })
    },
  }
}

export async function jsonTable(
  text: string,
  fileName: string,
  signal: AbortSignal,
): Promise<TableContent> {
  const breathe = createBreather(signal)
  const { places, rows, add } = createRows()
  const faults: TableFault[] = []
  for (const item of itemsOf(text, fileName)) {
    await breathe()
    assertRows(rows.length + faults.length + 1)
    const { line } = item
    if (item.text === null) {
      faults.push({ line, message: 'the file ends in the midst of its list' })
      continue
    }
    const value = parse(item.text)
    if (isRecord(value)) add(line, fieldsOf(value))
    else
      faults.push({
        line,
        message: value === undefined ? 'it is no valid JSON' : 'it is no object with named fields',
      })
  }
  return { columns: distinctNames([...places.keys()]), rows, faults }
}
