/** What the command line prints: tables for people, JSON lines for programs, problems on stderr. */
import { RealignError } from '../shared/errors.ts'

export const print = (line = ''): void => void process.stdout.write(`${line}\n`)
export const note = (line: string): void => void process.stderr.write(`${line}\n`)
export const printJson = (value: unknown): void => print(JSON.stringify(value))

/**
 * Terminal control characters in captions and file names are shown, never executed, and no name makes
 * a line that looks like one of ours.
 */
export const safe = (text: string): string =>
  text.replace(
    /[\u0000-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069]/g,
    (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )

let unwritable = false

/** The reason is told already: it needs no word of the work that was left for it. */
export const cannotPrint = (): boolean => unwritable

/** Whoever reads may leave early (`| head`), which is no fault; a full disk behind `>` is one, told once. */
export function endWithReader(): void {
  process.stderr.on('error', () => undefined) // a terminal that was closed hears no more of anything
  process.stdout.once('error', ({ code }: NodeJS.ErrnoException) => {
    process.stdout.on('error', () => undefined)
    if (code === 'EPIPE') return
    unwritable = true
    note(`realign: What was found cannot be written out (${code})`)
    process.once('exit', () => (process.exitCode ||= 1))
  })
}

export const INTERRUPTED = 130

/** Exit codes: 0 done, 1 some items failed, 2 wrong use, 130 interrupted. */
export function exitCodeOf(error: unknown): number {
  if (!(error instanceof RealignError)) return 1
  if (error.code === 'bad-input') return 2
  return error.code === 'cancelled' ? INTERRUPTED : 1
}

export function explain(error: unknown): void {
  if (error instanceof RealignError) {
    note(`realign: ${safe(error.message)} [${error.code}]`)
    if (error.hint) note(`         ${safe(error.hint)}`)
  } else {
    const said = error instanceof Error ? (error.stack ?? error.message) : String(error)
    note(`realign: ${said.split('\n').map(safe).join('\n')}`)
  }
}

/** Words wrapped to `width` columns. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(/\s+/).map(safe)) {
    if (line && line.length + 1 + word.length > width) {
      lines.push(line)
      line = word
    } else line = line ? `${line} ${word}` : word
  }
  return [...lines, line]
}
