/** Captions from a file, row by row: JSON lines or one JSON array. What is wrong is said with its line. */
import type { ImportedCaption } from '../../shared/contract/studies.ts'

export interface ParsedCaptions {
  readonly rows: readonly ImportedCaption[]
  /** In words, the first few. */
  readonly faults: readonly string[]
}

const MOST_FAULTS = 5

const isText = (value: unknown): value is string => typeof value === 'string'

function toRow(value: unknown): ImportedCaption | string {
  if (typeof value !== 'object' || value === null) return 'is not a JSON object'
  const { image, system, caption, altText } = value as Record<string, unknown>
  if (!isText(image) || image === '') return 'names no image'
  if (!isText(system) || system === '') return 'names no system'
  if (!isText(caption)) return 'has no caption'
  if (altText !== undefined && !isText(altText)) return 'has an altText that is no text'
  return { image, system, caption, ...(altText !== undefined && { altText }) }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

export function parseCaptions(text: string): ParsedCaptions {
  const whole = parse(text)
  const values: readonly (readonly [string, unknown])[] = Array.isArray(whole)
    ? whole.map((value: unknown, index) => [`Row ${index + 1}`, value])
    : text
        .split('\n')
        .map((line, index) => [`Line ${index + 1}`, line] as const)
        .filter(([, line]) => line.trim() !== '')
        .map(([where, line]) => [where, parse(line)])
  const rows: ImportedCaption[] = []
  const faults: string[] = []
  for (const [where, value] of values) {
    const row = toRow(value)
    if (!isText(row)) rows.push(row)
    else if (faults.length < MOST_FAULTS) faults.push(`${where} ${row}`)
  }
  if (values.length === 0) faults.push('The file is empty')
  return { rows, faults }
}
