/** JSON lines, a JSON list, {"data": [...]} as Altogether-FT has it, or COCO's captions, as a table. */
import type { TableContent, TableFault, TableRow } from '../../core/tables/table-port.ts'
import { createBreather } from '../../shared/breather.ts'
import { RealignError } from '../../shared/errors.ts'
import {
  findList,
  isObjectAfterObject,
  jsonLines,
  listItems,
  listsIn,
  type JsonItem,
} from './json-items.ts'
import { assertColumns, assertRows, distinctNames } from './limits.ts'

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

/** Ids of many digits stay as they are written: a number of JavaScript is exact up to 2^53 only. */
const exact = (_key: string, value: unknown, context?: { readonly source?: string }): unknown =>
  typeof value === 'number' && context?.source !== undefined && /^-?\d{16,}$/.test(context.source)
    ? context.source
    : value

function parse(text: string): unknown {
  try {
    return /\d{16}/.test(text) ? JSON.parse(text, exact) : JSON.parse(text)
  } catch {
    return undefined
  }
}

const JSON_TABLE = 'A JSON table is a list of objects, {"data": [objects]}, or one object a line.'

const withText = ({ text }: JsonItem): Record<string, unknown> | null => {
  const value = text === null ? null : parse(text)
  return isRecord(value) ? value : null
}

/** COCO keeps names and captions in two lists, joined by image_id: a row a caption, with the name of its image. */
function* cocoItems(text: string, images: number, annotations: number): Generator<JsonItem> {
  const names = new Map<unknown, unknown>()
  for (const item of listItems(text, images)) {
    const image = withText(item)
    if (image) names.set(image['id'], image['file_name'])
  }
  for (const item of listItems(text, annotations)) {
    const annotation = withText(item)
    if (!annotation) yield item
    else {
      const { image_id: of, caption } = annotation
      yield { line: item.line, text: JSON.stringify({ image: names.get(of) ?? '', caption }) }
    }
  }
}

function itemsOf(text: string, fileName: string): Generator<JsonItem> {
  if (/\.(jsonl|ndjson)$/i.test(fileName)) return jsonLines(text)
  const list = findList(text)
  if (list !== null) return listItems(text, list)
  if (isObjectAfterObject(text)) return jsonLines(text)
  const lists = listsIn(text)
  const [images, annotations] = [lists.get('images'), lists.get('annotations')]
  if (images !== undefined && annotations !== undefined) return cocoItems(text, images, annotations)
  throw new RealignError('bad-input', `${fileName} holds no list of rows`, { hint: JSON_TABLE })
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
