/** Tables as other programs see them: pdfLaTeX compiles them, Chromium prints them. Skipped where these are missing. */
import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test, vi } from 'vitest'
import { escapeLatex } from '../../src/core/publish/escape-latex.ts'
import { htmlOf } from '../../src/core/publish/html.ts'
import { latexOf } from '../../src/core/publish/latex.ts'
import { LATEX_MACROS, LATEX_PREAMBLE } from '../../src/core/publish/latex-macros.ts'
import type { MarksOf } from '../../src/core/publish/marks-of.ts'
import { table3 } from '../../src/core/publish/table3.ts'
import { visibleLine } from '../../src/core/publish/visible.ts'
import { findChromium, printPage, scaleFor } from '../../src/files/chromium.ts'
import { readTrace } from '../../src/files/read-trace.ts'
import { traceIntoPdf, traceIntoPng } from '../../src/files/trace-in-binary.ts'
import { traceText } from '../../src/core/publish/trace-text.ts'
import { cellOf, imageOf, OPTIONS, sha256 } from '../pure/publish/selected.ts'
import { temporaryFolder } from '../support/builders.ts'
import { HOSTILE } from '../support/hostile-strings.ts'

const onPath = (program: string): boolean =>
  (process.env['PATH'] ?? '')
    .split(path.delimiter)
    .some((one) => existsSync(path.join(one, program)))
const hasChromium = (): boolean => {
  try {
    return findChromium() !== ''
  } catch {
    return false
  }
}

const marked: MarksOf = ({ caption }) => ({
  all: [],
  altText: [{ start: 0, end: 3, kind: 'rejected', state: 'proposed' }],
  caption: [
    { start: 0, end: [...caption].length, kind: 'carried', state: 'proposed' },
    { start: 2, end: 20, kind: 'erroneous', state: 'confirmed' },
  ],
})

/** Every eighth of them, ten to an image: one table of all takes minutes to set. */
const SHOWN = HOSTILE.filter((_, index) => index % 8 === 0)
const images = Array.from({ length: Math.ceil(SHOWN.length / 10) }, (_, group) =>
  imageOf(
    `image ${group}`,
    SHOWN.slice(group * 10, group * 10 + 10).map((text) => ({
      altKind: 'free' as const,
      cell: cellOf(text, { altText: text }),
    })),
  ),
)
const doc = table3(images, marked, OPTIONS)
const page = htmlOf(doc, { pictures: new Map(), sha256 })

async function tracedIn(file: string, format: string): Promise<number> {
  let count = 0
  for await (const cells of readTrace(file, format)) count += cells.length
  return count
}

function compiled(program: 'pdflatex' | 'xelatex', folder: string, tex: string): string {
  writeFileSync(path.join(folder, 't.tex'), tex)
  const flags = ['-no-shell-escape', '-interaction=nonstopmode', '-halt-on-error', 't.tex']
  execFileSync(program, flags, { cwd: folder, stdio: 'ignore' })
  return path.join(folder, 't.pdf')
}
const pdflatex = compiled.bind(null, 'pdflatex')

test('whatever checksum follows in a PNG, its trace is read to the last cell', async () => {
  const [signature, end] = [Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), Buffer.alloc(12)]
  const png = path.join(temporaryFolder(), 't.png')
  const digits: string[] = []
  for (let n = 0; n < 200; n++) {
    const cellId = `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`
    const trace = traceText([{ cellId, sha16: sha256(cellId).slice(0, 16) }])
    const bytes = Buffer.from(traceIntoPng(Buffer.concat([signature, end]), trace))
    digits.push(bytes.toString('latin1', bytes.length - 16, bytes.length - 15))
    writeFileSync(png, bytes)
    expect(await tracedIn(png, 'png')).toBe(1)
  }
  expect(digits.filter((one) => /[0-9a-f]/.test(one)).length).toBeGreaterThan(4)
})

/** Other programs start slowly on a busy machine. */
const PATIENCE = { timeout: 240_000 }

describe.skipIf(!onPath('pdflatex'))('pdfLaTeX', PATIENCE, () => {
  test('compiles a table of hostile strings, marked, and its PDF can be traced', async () => {
    const pdf = pdflatex(temporaryFolder(), latexOf(doc, { fragment: false, pictures: new Map() }))
    expect(await tracedIn(pdf, 'pdf')).toBe(SHOWN.length)
  })
  test.skipIf(!onPath('pdftotext'))('prints each of them as it reads', () => {
    const lines = HOSTILE.map((text, index) => `Q${index}Q${escapeLatex(text)}\\par`)
    const pdf = pdflatex(
      temporaryFolder(),
      [
        ...LATEX_PREAMBLE,
        '\\begin{document}\\sloppy\\pagestyle{empty}',
        ...LATEX_MACROS,
        ...lines,
        `Q${HOSTILE.length}Q\\end{document}`,
      ].join('\n'),
    )
    const plain = (text: string) => text.normalize('NFKC').replace(/\s/g, '')
    const printed = plain(execFileSync('pdftotext', ['-raw', pdf, '-'], { encoding: 'utf8' }))
    const code = (character: string) =>
      (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')
    const wrong = HOSTILE.filter((text, index) => {
      const from = printed.indexOf(`Q${index}Q`) + `Q${index}Q`.length
      const got = printed.slice(from, printed.indexOf(`Q${index + 1}Q`, from))
      const wanted = [...visibleLine(text).normalize('NFC').replaceAll('\u00ad', '')].map((one) =>
        escapeLatex(one).startsWith('\\realignchar') ? `[U+${code(one)}]` : one,
      )
      return got !== plain(wanted.join(''))
    })
    expect(wrong).toEqual([])
  })
})

describe.skipIf(!onPath('xelatex'))('XeLaTeX', PATIENCE, () => {
  const table = (text: string) =>
    latexOf(table3([imageOf('owl', [{ altKind: 'free', cell: cellOf(text) }])], marked, OPTIONS), {
      fragment: false,
      pictures: new Map(),
    })
  test.skipIf(!onPath('pdftotext'))('tells a letter that its font lacks by its code point', () => {
    const pdf = compiled('xelatex', temporaryFolder(), table('owl \u4e2d\u6587 \u03a9'))
    const printed = execFileSync('pdftotext', ['-raw', pdf, '-'], { encoding: 'utf8' })
    expect(printed).toContain('[U+4E2D][U+6587]')
    expect(printed.normalize('NFKC')).toContain('\u03a9')
  })
})

describe.skipIf(!onPath('xelatex'))('A PDF of XeLaTeX', PATIENCE, () => {
  test('can be traced, though its properties are packed', async () => {
    const table = latexOf(doc, { fragment: false, pictures: new Map() })
    const pdf = compiled('xelatex', temporaryFolder(), table)
    expect(readFileSync(pdf, 'latin1')).not.toContain('realign-trace')
    expect(await tracedIn(pdf, 'pdf')).toBe(SHOWN.length)
  })
})

describe.skipIf(!hasChromium())('Chromium', PATIENCE, () => {
  test('prints the page as PDF and as PNG, and both can be traced', async () => {
    const folder = temporaryFolder()
    const pdf = path.join(folder, 't.pdf')
    writeFileSync(pdf, traceIntoPdf(await printPage(page, 'pdf'), traceText(doc.trace)))
    expect(readFileSync(pdf).subarray(0, 5).toString()).toBe('%PDF-')
    expect(await tracedIn(pdf, 'pdf')).toBe(SHOWN.length)
    if (onPath('pdfinfo'))
      expect(execFileSync('pdfinfo', ['-custom', pdf], { encoding: 'utf8' })).toContain(
        traceText(doc.trace),
      )
    const png = path.join(folder, 't.png')
    writeFileSync(png, traceIntoPng(await printPage(page, 'png'), traceText(doc.trace)))
    expect(readFileSync(png).subarray(1, 4).toString()).toBe('PNG')
    expect(await tracedIn(png, 'png')).toBe(SHOWN.length)
  })
  test('draws a picture as high as its page, neither padded nor cut', async () => {
    const png = async (height: number) => {
      const bytes = await printPage(`<body style="margin:0"><hr style="height:${height}px">`, 'png')
      return Buffer.from(bytes).readUInt32BE(20)
    }
    expect(await png(50)).toBeLessThan(2 * 100)
    expect(await png(17_000)).toBeGreaterThanOrEqual(17_000)
    await expect(png(40_000)).rejects.toMatchObject({
      code: 'bad-input',
      hint: expect.stringContaining('PDF') as unknown,
    })
  })
  test.skipIf(!onPath('pdftotext'))('keeps rows together beside a tall picture', async () => {
    const row = (caption: string) => ({ altKind: 'free' as const, cell: cellOf(caption) })
    const one = imageOf('owl', [row('firstrow'), row('lastrow')])
    const tall =
      "data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' width='9' height='260'/>"
    const tallPage = htmlOf(table3([one], marked, OPTIONS), {
      pictures: new Map([[one.image.id, tall]]),
      sha256,
    })
    const pdf = path.join(temporaryFolder(), 't.pdf')
    writeFileSync(pdf, await printPage(tallPage, 'pdf'))
    const boxes = execFileSync('pdftotext', ['-bbox', pdf, '-'], { encoding: 'utf8' })
    const top = (word: string) =>
      Number(new RegExp(`yMin="([\\d.]+)"[^>]*>${word}<`).exec(boxes)?.[1])
    const lineHeight = 15.3 // points
    expect(top('lastrow') - top('firstrow')).toBeLessThan(2 * lineHeight)
  })
  test('leaves nothing among the temporary files', async () => {
    const among = temporaryFolder()
    vi.stubEnv('TMPDIR', among)
    await printPage(page, 'pdf')
    vi.unstubAllEnvs()
    expect(readdirSync(among)).toEqual([])
  })
  test('stops when it is cancelled', async () => {
    const abort = new AbortController()
    const printing = printPage(page, 'pdf', { signal: abort.signal })
    abort.abort()
    await expect(printing).rejects.toMatchObject({ code: 'cancelled' })
  })
  test('a program that is no browser is named as the reason', async () => {
    await expect(printPage(page, 'pdf', { chromium: process.execPath })).rejects.toMatchObject({
      code: 'unavailable',
    })
  })
})

test.skipIf(process.platform === 'win32')(
  'a browser whose children outlive it is cancelled with all of them',
  async () => {
    const folder = temporaryFolder()
    const [program, told] = [path.join(folder, 'browser'), path.join(folder, 'pid')]
    writeFileSync(program, `#!/bin/sh\nsleep 600 &\necho $! > ${told}\nexec sleep 600\n`, {
      mode: 0o755,
    })
    const abort = new AbortController()
    const printing = printPage(page, 'pdf', { chromium: program, signal: abort.signal })
    await vi.waitFor(() => expect(readFileSync(told, 'utf8')).toMatch(/\d\n/), 10_000)
    abort.abort()
    await expect(printing).rejects.toMatchObject({ code: 'cancelled' })
    const child = Number(readFileSync(told, 'utf8'))
    await vi.waitFor(() => expect(() => process.kill(child, 0)).toThrow('ESRCH'), 10_000)
  },
)

test('where no temporary folder can be made the error says what to do', async () => {
  vi.stubEnv('TMPDIR', path.join(temporaryFolder(), 'none'))
  await expect(printPage('', 'pdf', { chromium: process.execPath })).rejects.toMatchObject({
    code: 'unavailable',
    hint: expect.stringContaining('TMPDIR') as unknown,
  })
  vi.unstubAllEnvs()
})

test('a long table gets fewer pixels before it is refused', () => {
  expect([500, 16_000, 16_001, 32_000].map(scaleFor)).toEqual([2, 2, 1, 1])
  expect(() => scaleFor(32_001)).toThrow(/32001 pixels high/)
})

test('without a Chromium the error says what to do', () => {
  const nothing = () => false
  expect(() => findChromium({}, nothing)).toThrow(/need a Chromium/)
  expect(() => findChromium({ CHROMIUM_PATH: '/no/such' }, nothing)).toThrow(/CHROMIUM_PATH names/)
  expect(findChromium({ CHROMIUM_PATH: '/a/browser' }, () => true)).toBe('/a/browser')
})
