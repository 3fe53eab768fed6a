/** Exports of annotations: hostile texts harm no format, and the training data is read back by our own reader. */
import { describe, expect, test } from 'vitest'
import type { AnnotationPlan } from '../../../src/core/annotations/annotation-store.ts'
import { DEFAULT_GUIDELINE } from '../../../src/core/annotations/default-guideline.ts'
import {
  altogetherItem,
  roundsDoc,
  roundsHeader,
  roundsLine,
  type NamedRounds,
} from '../../../src/core/annotations/export/rounds-table.ts'
import { versionLine } from '../../../src/core/annotations/export/version-lines.ts'
import { latexOf } from '../../../src/core/publish/latex.ts'
import { markdownOf } from '../../../src/core/publish/markdown.ts'
import { readTable } from '../../../src/files/tables/read-table.ts'
import type { Rewrite } from '../../../src/shared/annotation.ts'
import { WELL_FORMED_HOSTILE } from '../../support/hostile-strings.ts'

const plan: AnnotationPlan = {
  ...{ id: 'a'.repeat(32), name: 'Birds', createdAt: 'now', seed: 7, swap: true },
  ...{ start: { from: 'alt-text' }, annotators: ['Ada', '=cmd|x'], guideline: DEFAULT_GUIDELINE },
}

const rewriteOf = (text: string, round: number): Rewrite => ({
  ...{ id: `${round}`, round, annotator: '=cmd|x', text, steps: ['opening'], note: text },
  ...{ seconds: 3.5, createdAt: 'now' },
})

const imageOf = (text: string): NamedRounds => ({
  ...{ imageId: 'f'.repeat(64), name: `${text}.png`, group: text || null, place: 0, dealt: 0 },
  ...{ altText: text, start: text, versions: [] },
  rounds: [
    { round: 1, text, rewrite: null },
    { round: 2, text, rewrite: rewriteOf(text, 2) },
  ],
})

const bytes = (text: string) => new TextEncoder().encode(text)
const signal = new AbortController().signal

describe('hostile texts', () => {
  test('lines of versions are one line of JSON each, letter by letter', () => {
    for (const text of WELL_FORMED_HOSTILE) {
      const line = versionLine({ ...rewriteOf(text, 2), imageId: 'f'.repeat(64) })
      expect(line.indexOf('\n')).toBe(line.length - 1)
      expect(JSON.parse(line)).toMatchObject({ text, round: 2 })
    }
  })

  test('the training data is read back by the reader of tables, letter by letter', async () => {
    const texts = WELL_FORMED_HOSTILE.filter((text) => !text.includes('\0'))
    const items = texts.map((text) => altogetherItem(imageOf(text), plan, 3))
    const file = `{"data": [\n${items.join(',\n')}\n]}\n`
    const { columns, rows, faults } = await readTable(bytes(file), 'ft.json', signal)
    expect(faults).toEqual([])
    expect(columns).toEqual([
      ...['url', 'img_path', 'alt', 'source', 'round2', 'round3', 'image_sha256'],
    ])
    const at = columns.indexOf('round2')
    expect(rows.map(({ fields }) => fields[at])).toEqual(texts)
    expect(rows.map(({ fields }) => fields[columns.indexOf('alt')])).toEqual(texts)
  })

  test('a CSV of rounds holds no formula and every letter', async () => {
    const texts = WELL_FORMED_HOSTILE.filter((text) => !text.includes('\0'))
    const file = roundsHeader(2) + texts.map((text) => roundsLine(imageOf(text), 2)).join('')
    const { columns, rows, faults } = await readTable(bytes(file), 'rounds.csv', signal)
    expect(faults).toEqual([])
    expect(columns).toEqual([
      ...['image', 'image_sha256', 'alt_text', 'round1', 'round2', 'annotator2'],
    ])
    expect(file).not.toMatch(/(?:^|[,\n])"[\s\p{C}\p{Z}]*[=+\-@|]/u)
    // Our own reader takes the guard off again.
    expect(rows.map((row) => row.fields[4])).toEqual(texts)
  })

  test('documents keep every row on its line and steer nothing', () => {
    const images = WELL_FORMED_HOSTILE.map(imageOf)
    const doc = roundsDoc({ plan, openRound: 2 }, images)
    const markdown = markdownOf(doc, { pictures: new Map() })
    const lines = markdown.split('\n').filter((line) => line.startsWith('| '))
    expect(lines).toHaveLength(images.length + 2)
    expect(markdown).not.toMatch(/[\u202a-\u202e\u2066-\u2069\u0000-\u0008]/)
    const latex = latexOf(doc, { fragment: false, pictures: new Map() })
    expect(latex).not.toMatch(/[\u202a-\u202e\u2066-\u2069\u0000-\u0008]/)
    expect(latex).not.toContain('\\write18{id}')
    expect(latex.match(/\\end\{document\}/g)).toHaveLength(1)
  })
})

test('a round 1 that is no alt-text stands beside it', () => {
  const captions: AnnotationPlan = {
    ...plan,
    start: { from: 'captions', captionerId: 'builtin', altKind: 'empty' },
  }
  const image = { ...imageOf('an owl'), start: 'A drawing of an owl.' }
  expect(JSON.parse(altogetherItem(image, captions, 2))).toEqual({
    ...{ url: null, img_path: 'an owl.png', alt: 'an owl', source: 'an owl' },
    ...{ round1: 'A drawing of an owl.', round2: 'an owl', image_sha256: 'f'.repeat(64) },
  })
  const { columns } = roundsDoc({ plan: captions, openRound: 2 }, [image])
  expect(columns.map(({ label }) => label)).toEqual(['Alt-text', 'Caption (round 1)', 'Round 2'])
})
