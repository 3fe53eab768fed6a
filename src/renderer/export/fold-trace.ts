/** What traces a table to its cells, folded: a preview is looked at for what comes after it. */
const ENTRY = '[0-9a-f-]{36}:[0-9a-f]{16}'
const LINES = new RegExp(`(?:^% ${ENTRY}\\n){2,}`, 'gm')
const ONE_LINE = new RegExp(`(?: ${ENTRY}){2,}`, 'g')

export const foldTrace = (text: string): string =>
  text
    .replace(LINES, (lines) => `% … ${lines.split('\n').length - 1} lines, one a cell\n`)
    .replace(ONE_LINE, (entries) => ` … ${entries.trim().split(' ').length} cells`)
