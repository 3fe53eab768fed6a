/** Hands a text or bytes to the person as a file; the browser or the desktop asks where to put it. */
const TYPES: Readonly<Record<string, string>> = {
  csv: 'text/csv',
  html: 'text/html',
  json: 'application/json',
  jsonl: 'application/jsonl',
  md: 'text/markdown',
  sqlite: 'application/vnd.sqlite3',
  svg: 'image/svg+xml',
  tex: 'text/x-tex',
}

/** The address must outlive the click that uses it. */
const KEEP_MS = 60_000

export function saveText(name: string, content: string | Uint8Array<ArrayBuffer>): void {
  const type = TYPES[name.slice(name.lastIndexOf('.') + 1)] ?? 'text/plain'
  const link = document.createElement('a')
  link.href = URL.createObjectURL(new Blob([content], { type }))
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), KEEP_MS)
}
