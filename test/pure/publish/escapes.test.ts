/** A thousand hostile strings through every text writer: they come out as text and as nothing else. */
import Papa from 'papaparse'
import { describe, expect, test } from 'vitest'
import { csvLine } from '../../../src/core/publish/csv.ts'
import { escapeHtml } from '../../../src/core/publish/escape-html.ts'
import { escapeLatex } from '../../../src/core/publish/escape-latex.ts'
import { escapeMarkdown } from '../../../src/core/publish/escape-markdown.ts'
import { guardFormula, unguardFormula } from '../../../src/core/publish/formula-guard.ts'
import { htmlOf } from '../../../src/core/publish/html.ts'
import { latexOf } from '../../../src/core/publish/latex.ts'
import { markdownOf } from '../../../src/core/publish/markdown.ts'
import { noMarks, type MarksOf } from '../../../src/core/publish/marks-of.ts'
import { asSeen, shownRows } from '../../../src/core/publish/shown-rows.ts'
import { table3 } from '../../../src/core/publish/table3.ts'
import { readTraceText } from '../../../src/core/publish/trace-text.ts'
import { visible, visibleLine } from '../../../src/core/publish/visible.ts'
import { HOSTILE, WELL_FORMED_HOSTILE } from '../../support/hostile-strings.ts'
import { imageSaying, OPTIONS, sha256 } from './selected.ts'

/** As `trace` reads a document back: the words of its only row. */
const wordsOf = (format: 'tex' | 'html' | 'md', text: string, marks: MarksOf) => {
  const doc = table3([imageSaying(text)], marks, OPTIONS)
  const pictures = new Map<string, string>()
  const write = {
    tex: () => latexOf(doc, { fragment: false, pictures }),
    html: () => htmlOf(doc, { pictures, sha256 }),
    md: () => markdownOf(doc, { pictures }),
  }
  return shownRows(write[format](), format)
}

const everyWord: MarksOf = ({ caption }) => ({
  all: [],
  altText: [{ start: 0, end: [...caption].length, kind: 'rejected', state: 'confirmed' }],
  caption: [
    { start: 0, end: 2, kind: 'carried', state: 'proposed' },
    { start: 1, end: [...caption].length, kind: 'erroneous', state: 'confirmed' },
  ],
})

test('there are a thousand of them', () => expect(HOSTILE.length).toBeGreaterThanOrEqual(1000))

test.each(['tex', 'html', 'md'] as const)('every caption is read back from a %s', (format) => {
  for (const marks of [noMarks, everyWord]) {
    const wrong = HOSTILE.filter((text) => {
      const rows = wordsOf(format, text, marks)
      return rows?.length !== 1 || rows[0]?.caption !== asSeen(text)
    })
    expect(wrong).toEqual([])
  }
})

test('tags, comments and options that never end are read through', () => {
  const heads = '<tr><th>Alt-text</th><th>Caption</th></tr>'
  for (const start of ['<tr>', '<tr ', '<tr><td>', '<td ', '<!--', '&#', '<'])
    expect(shownRows(heads + start.repeat(100_000), 'html')).not.toBeNull()
  const texHeads = 'Alt{-}text & Caption\\\\'
  for (const start of ['\\\\[', '\\begin{', '\\color[', '%', '&', '\\a'])
    expect(shownRows(texHeads + start.repeat(100_000), 'tex')).not.toBeNull()
  const markdownHeads = '| Alt-text | Caption |\n'
  for (const start of ['|', '| \\', '| <', '&a', '`', '| a\n'])
    expect(shownRows(`${markdownHeads}| ${start.repeat(100_000)}`, 'md')).not.toBeNull()
})

describe('formula guard', () => {
  test('is undone exactly', () => {
    const wrong = HOSTILE.filter((text) => unguardFormula(guardFormula(text)) !== text)
    expect(wrong).toEqual([])
  })
  test('leaves nothing that a spreadsheet could start on', () => {
    const started = HOSTILE.map(guardFormula).filter((text) =>
      /^[\s\p{C}\p{Z}]*[=+\-@|\uff1d\uff0b\uff0d\uff20]/u.test(text),
    )
    expect(started).toEqual([])
  })
  test('leaves plain captions alone', () =>
    expect(guardFormula('a bird, 3 = three')).toBe('a bird, 3 = three'))
})

describe('CSV', () => {
  const parse = (text: string) =>
    Papa.parse<string[]>(text, { newline: '\r\n', delimiter: ',' }).data.slice(0, -1)

  test('parses back exactly, raw and guarded', () => {
    const raw = parse(HOSTILE.map((text) => csvLine([text, 1, null], 'raw')).join(''))
    expect(raw).toEqual(HOSTILE.map((text) => [text, '1', '']))
    const guarded = parse(HOSTILE.map((text) => csvLine([text, -1.5], 'guarded')).join(''))
    expect(guarded.map(([text = '']) => unguardFormula(text))).toEqual(HOSTILE)
    expect(new Set(guarded.map(([, number]) => number))).toEqual(new Set(['-1.5']))
  })
  test('tells null from the empty text', () =>
    expect(csvLine([null, '', true, 0], 'raw')).toBe(',"",true,0\r\n'))
})

/** Start tags, in order; our pages have no comments and no raw text besides their style. */
const tagsOf = (html: string): readonly string[] =>
  [...html.replace(/<style>.*?<\/style>/s, '<style></style>').matchAll(/<([a-z!][a-z0-9]*)/gi)].map(
    ([, name]) => name ?? '',
  )

const ENTITIES: Readonly<Record<string, string>> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#39;': "'",
  '&#13;': '\r',
}
const readHtml = (html: string): string =>
  html.replace(/<[^>]*>/g, '').replace(/&[a-z0-9#]+;/g, (one) => ENTITIES[one] ?? one)

describe('HTML', () => {
  const page = (text: string, marks = noMarks) =>
    htmlOf(table3([imageSaying(text)], marks, OPTIONS), { pictures: new Map(), sha256 })

  test('no string adds an element, and each reads as itself', () => {
    const plain = tagsOf(page('a plain caption'))
    const wrong = HOSTILE.filter((text) => {
      const html = page(text)
      // The empty alt-text is shown as "", so only its look differs, not its elements.
      if (JSON.stringify(tagsOf(html)) !== JSON.stringify(plain)) return true
      const last = html.match(/<td dir="auto">(.*?)<\/td>/gs)?.at(-1) ?? ''
      return readHtml(last) !== visible(text)
    })
    expect(wrong).toEqual([])
  })
  test('marked strings read the same through their marks', () => {
    const wrong = HOSTILE.filter((text) => {
      const last =
        page(text, everyWord)
          .match(/<td dir="auto">(.*?)<\/td>/gs)
          ?.at(-1) ?? ''
      return readHtml(last) !== visible(text)
    })
    expect(wrong).toEqual([])
  })
  test('names no other place, allows no script, and its one style by hash', () => {
    const html = page('x')
    expect(html).toContain("default-src 'none'; img-src data:; style-src 'sha256-")
    expect(html).not.toMatch(/<script|https?:|url\(|@import| style=/)
  })
  test('escapes attribute values', () =>
    expect(escapeHtml(`"'<>&`)).toBe('&quot;&#39;&lt;&gt;&amp;'))
  test('its trace cannot be forged by a caption', () => {
    for (const text of HOSTILE) {
      const places = [...page(text).matchAll(/<meta name="realign-trace" content="([^"<>]*)">/g)]
      expect(places.length).toBe(1)
      expect(readTraceText(places[0]?.[1] ?? '').length).toBe(1)
    }
  })
})

describe('Markdown', () => {
  test('every sign with a meaning is escaped, and reads as itself', () => {
    const wrong = HOSTILE.filter((text) => {
      const escaped = escapeMarkdown(text)
      if (/[\n\r]/.test(escaped)) return true
      if (/(^|[^\\])(\\\\)*[`*_{}[\]()#+\-.!|<>&~$]/.test(escaped)) return true
      return escaped.replace(/\\([!-/:-@[-`{-~])/g, '$1') !== visibleLine(text)
    })
    expect(wrong).toEqual([])
  })
  test('a row stays one row', () => {
    const wrong = HOSTILE.filter((text) => {
      const lines = markdownOf(table3([imageSaying(text)], everyWord, OPTIONS), {
        pictures: new Map(),
      }).split('\n')
      return lines.filter((line) => line.startsWith('| ')).length !== 3
    })
    expect(wrong).toEqual([])
  })
})

describe('LaTeX', () => {
  /** Commands that escapes may use; anything else would be the string speaking TeX. */
  const COMMANDS =
    /\\(?:textbackslash|textasciicircum|textasciitilde|textquotedbl|textquotesingle|textasciigrave|textless|textgreater|textbar|allowbreak)\{\}|\\realignchar\{[0-9A-F]{4,6}\}|\\[{}$&#%_-]|\{[-[\]*,!?]\}|\$-\$/g

  test('nothing of a string reaches TeX as a command', () => {
    const wrong = HOSTILE.filter((text) =>
      /[\\{}$&#%_^"'`<>|\n\r]|--|,,/.test(escapeLatex(text).replace(COMMANDS, '')),
    )
    expect(wrong).toEqual([])
  })
  test('printable ASCII reads as itself', () => {
    const back: Readonly<Record<string, string>> = {
      '\\textbackslash{}': '\\',
      '\\textasciicircum{}': '^',
      '\\textasciitilde{}': '~',
      '\\textquotedbl{}': '"',
      '\\textquotesingle{}': "'",
      '\\textasciigrave{}': '`',
      '\\textless{}': '<',
      '\\textgreater{}': '>',
      '\\textbar{}': '|',
      '\\allowbreak{}': '',
    }
    const read = (tex: string) =>
      tex.replace(
        /\\[a-z]+\{\}|\\([{}$&#%_])|\{([-[\]*,!?])\}/g,
        (whole, sign?: string, braced?: string) => sign ?? braced ?? back[whole] ?? whole,
      )
    const ascii = WELL_FORMED_HOSTILE.filter((text) => /^[ -~]*$/.test(text))
    expect(ascii.length).toBeGreaterThan(600)
    expect(ascii.filter((text) => read(escapeLatex(text)) !== text)).toEqual([])
  })
  test('a minus is one of a formula, and is read back', () => {
    expect(escapeLatex('\u22123 - 2 $')).toBe('$-$3 {-} 2 \\$')
    const rows = wordsOf('tex', 'a sign that says \u22123 and $-$', everyWord)
    expect(rows?.[0]?.caption).toBe('a sign that says \u22123 and $-$')
  })
  test('Chinese may break after every third sign, scripts that join their letters stay whole', () => {
    expect(escapeLatex('\u4e2d'.repeat(7)).split('\\allowbreak{}').length).toBe(3)
    expect(escapeLatex('\u0645'.repeat(7))).not.toContain('\\allowbreak{}')
  })
  test('a page ends with one rule, the table with a thick one', () => {
    const file = latexOf(table3([imageSaying('owl')], noMarks, OPTIONS), {
      fragment: true,
      pictures: new Map(),
    })
    expect(file).toContain(['', 'endhead', 'endfoot', 'bottomrule', 'endlastfoot'].join('\n\\'))
  })
  test('its trace cannot be forged by a caption', () => {
    for (const text of HOSTILE) {
      const file = latexOf(table3([imageSaying(text)], noMarks, OPTIONS), {
        fragment: false,
        pictures: new Map(),
      })
      expect(
        [...file.matchAll(/^% (.*)$/gm)].flatMap(([, one = '']) => readTraceText(one)).length,
      ).toBe(1)
    }
  })
})
