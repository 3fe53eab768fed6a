/** Old file or new file, nothing between: after failures, cancellation and a killed process. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { appendFile } from 'node:fs/promises'
import path from 'node:path'
import { expect, test } from 'vitest'
import { readText } from '../../src/files/read-text.ts'
import { writeRowFile } from '../../src/files/row-file.ts'
import { writeAtomically, writeWhole } from '../../src/files/write-atomically.ts'
import { seededRandom, temporaryFolder } from '../support/builders.ts'

const OLD = 'old '.repeat(1000)

function folderWithOld(): { readonly folder: string; readonly file: string } {
  const folder = temporaryFolder()
  const file = path.join(folder, 'table.csv')
  writeFileSync(file, OLD)
  return { folder, file }
}

async function* oneRow() {
  yield [['owl']]
}

test('the new file takes the place of the old one', async () => {
  const { folder, file } = folderWithOld()
  await writeAtomically(file, (part) => appendFile(part, 'new'))
  expect(readFileSync(file, 'utf8')).toBe('new')
  expect(readdirSync(folder)).toEqual(['table.csv'])
})

test('a writer that fails leaves the old file and no part', async () => {
  const { folder, file } = folderWithOld()
  const failing = writeAtomically(file, async (part) => {
    await appendFile(part, 'half')
    throw new Error('no more')
  })
  await expect(failing).rejects.toThrow('no more')
  expect(readFileSync(file, 'utf8')).toBe(OLD)
  expect(readdirSync(folder)).toEqual(['table.csv'])
})

test('a cancelled writer leaves the old file', async () => {
  const { folder, file } = folderWithOld()
  const abort = new AbortController()
  const cancelled = writeAtomically(
    file,
    async (part) => {
      await appendFile(part, 'whole')
      abort.abort()
    },
    abort.signal,
  )
  await expect(cancelled).rejects.toMatchObject({ code: 'cancelled' })
  expect(readFileSync(file, 'utf8')).toBe(OLD)
  expect(readdirSync(folder)).toEqual(['table.csv'])
})

test('places that cannot be written are named with a next step', async () => {
  const { folder } = folderWithOld()
  const cases = [
    path.join(folder, 'missing', 'table.csv'),
    path.join(folder, 'table.csv', 'table.csv'),
    path.join(folder, `${'x'.repeat(300)}.csv`),
  ]
  for (const target of cases)
    await expect(writeAtomically(target, () => Promise.resolve())).rejects.toMatchObject({
      code: 'bad-input',
      hint: expect.stringMatching(/\w/) as unknown,
    })
  mkdirSync(path.join(folder, 'taken.csv'))
  await expect(
    writeAtomically(path.join(folder, 'taken.csv'), () => Promise.resolve()),
  ).rejects.toMatchObject({ code: 'bad-input' })
})

test.skipIf(!existsSync('/proc/self'))(
  'where a folder takes no folder, that is told, and not tried for ever',
  async () => {
    const file = '/proc/no such process/below/table.csv'
    await expect(writeWhole(file, 'owl')).rejects.toMatchObject({
      code: 'bad-input',
      message: 'No folder can be made here: /proc/no such process',
      hint: 'Name another place.',
    })
  },
)

test('of a place that cannot be written, a file that cannot be read and any other path the same is said', async () => {
  const { folder } = folderWithOld()
  const within = path.join(folder, 'table.csv', 'x')
  const message = `Part of this path is a file, not a folder: ${within}`
  await expect(readText(within)).rejects.toMatchObject({ code: 'bad-input', message })
  await expect(writeAtomically(within, () => Promise.resolve())).rejects.toMatchObject({
    code: 'bad-input',
    message,
  })
  await expect(readText(folder)).rejects.toMatchObject({ hint: 'Name a file.' })
})

test('a folder that is missing is made for whole files and for rows alike', async () => {
  const { folder } = folderWithOld()
  const source = { columns: [{ name: 'a', type: 'text' } as const], batches: oneRow() }
  await writeRowFile(path.join(folder, 'new', 'rows.csv'), 'csv', { source })
  expect(readFileSync(path.join(folder, 'new', 'rows.csv'), 'utf8')).toContain('owl')
  await writeWhole(path.join(folder, 'newer', 'page.html'), 'owl')
  expect(readFileSync(path.join(folder, 'newer', 'page.html'), 'utf8')).toBe('owl')
  const inFile = path.join(folder, 'table.csv', 'in', 'it.html')
  await expect(writeWhole(inFile, 'owl')).rejects.toMatchObject({ code: 'bad-input' })
  await expect(writeWhole(path.dirname(inFile), 'owl')).rejects.toMatchObject({
    code: 'bad-input',
  })
})

const CHILD = `
import { appendFileSync } from 'node:fs'
import { writeAtomically } from ${JSON.stringify(path.resolve('src/files/write-atomically.ts'))}
process.stdout.write('ready')
for (let round = 0; ; round++)
  await writeAtomically(process.argv[1], async (part) => {
    for (let piece = 0; piece < 40; piece++) appendFileSync(part, 'new ' + round + ' ')
    appendFileSync(part, 'END')
  })
`

test('a process killed anywhere leaves a whole file; its part goes with the next export', async () => {
  const random = seededRandom(7)
  const { folder, file } = folderWithOld()
  let parts = 0
  for (let trial = 0; trial < 12; trial++) {
    const child = spawn(process.execPath, ['--input-type=module', '-e', CHILD, file], {
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    await once(child.stdout, 'data')
    // A seeded number of turns of this loop, not of a clock: somewhere in the middle of the writing.
    for (let turn = 0; turn < random() * 400; turn++) readFileSync(file)
    child.kill('SIGKILL')
    await once(child, 'close')
    const text = readFileSync(file, 'utf8')
    expect(text === OLD || text.endsWith('END')).toBe(true)
    parts += readdirSync(folder).length - 1
  }
  await writeWhole(file, 'last')
  expect(readFileSync(file, 'utf8')).toBe('last')
  expect(readdirSync(folder)).toEqual(['table.csv'])
  expect(parts).toBeGreaterThanOrEqual(0)
})
