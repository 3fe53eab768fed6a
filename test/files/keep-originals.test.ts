/** Whatever a person names to write to: workspaces and pictures are kept, what Realign made may be made again. */
import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { TRACE_MARK } from '../../src/core/publish/trace-text.ts'
import { writeContent } from '../../src/files/exporter.ts'
import { keepOriginals } from '../../src/files/keep-originals.ts'
import { temporaryFolder } from '../support/builders.ts'

const PNG = '\x89PNG\r\n\x1a\n'

function fileOf(name: string, content: string): string {
  const file = path.join(temporaryFolder(), name)
  writeFileSync(file, content, 'latin1')
  return file
}

test.each([
  ['a JPEG photograph', 'hen.csv', '\xff\xd8\xff\xe0 and so on', 'a picture'],
  ['a PNG', 'mine.png', `${PNG} and so on`, 'a picture'],
  ['a workspace by its name', 'study.realign', '', 'a workspace'],
  ['a daily copy', 'study.realign.backup-2026-01-01', '', 'a workspace'],
  ['a database by its bytes', 'study.csv', 'SQLite format 3\0', 'a database'],
])('%s is not written over', async (_what, name, content, said) => {
  const file = fileOf(name, content)
  await expect(keepOriginals(file)).rejects.toMatchObject({
    code: 'bad-input',
    message: expect.stringContaining(said),
    hint: 'Name another file.',
  })
})

test('a database that somebody has open is told without opening it', async () => {
  const file = fileOf('open.db', 'whatever stands here')
  writeFileSync(`${file}-wal`, '')
  await expect(keepOriginals(file)).rejects.toThrow('a workspace')
})

test.each([
  ['text', 'notes.md', 'my notes'],
  ['an empty file', 'table.csv', ''],
  ['a table that was drawn as PNG', 'table.png', `${PNG}tEXt${TRACE_MARK} `],
])('%s may be written again', async (_what, name, content) => {
  await expect(keepOriginals(fileOf(name, content))).resolves.toBeUndefined()
})

test('what does not stand yet may be written', async () => {
  await expect(keepOriginals(path.join(temporaryFolder(), 'new.png'))).resolves.toBeUndefined()
})

test('an export leaves the picture that bears the name given to it', async () => {
  const file = fileOf('hen.md', '\xff\xd8\xff\xe0')
  const content = { kind: 'document', text: 'a table', folder: 'hen-images', files: [] } as const
  const options = { tell: () => {}, signal: new AbortController().signal }
  await expect(writeContent({ file }, content, options)).rejects.toThrow('not written over')
  expect(readFileSync(file, 'latin1')).toBe('\xff\xd8\xff\xe0')
})
