/** The triangulation on the command line: the table for people, JSON lines and CSV for programs, what is refused. */
import { copyFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { runCommand } from '../support/run-command.ts'

let folder = ''
const at = (name: string) => path.join(folder, name)
const realign = (...args: readonly string[]) => runCommand(at('home'), args)
const triangulate = (...args: readonly string[]) =>
  realign('triangulate', ...args, '--workspace', at('w.realign'))

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'realign-triangulate-'))
  await realign('fieldguide', '--seed', 'triangulate', '--count', '2', '--out', at('drawn'))
  await mkdir(at('set'))
  await copyFile(at('drawn/000000.png'), at('set/owl.png'))
  await copyFile(at('drawn/000001.png'), at('set/cat.png'))
  const table = [
    'image,model,output',
    'owl.png,long,"=A drawn owl, on a very long branch of a tree."',
    'owl.png,short,An owl.',
    'owl.png,people,An owl.',
    'cat.png,long,A cat that sits on a mat and looks away.',
    'cat.png,short,A cat.',
    'cat.png,people,A cat.',
  ]
  await writeFile(at('them.csv'), table.join('\n'))
  await realign('import', at('set'), '--table', at('them.csv'), '--workspace', at('w.realign'))
})

afterAll(() => rm(folder, { recursive: true, force: true }))

test('a person reads how measures agree, and who disagrees in words', async () => {
  const { code, out, err } = await triangulate(
    ...['--run', 'last', '--by', 'words,npf1', '--references', 'people', '--direction', 'up'],
  )
  expect(code).toBe(0)
  expect(out).toContain('6 captions of 2 images')
  expect(out).toMatch(/NP F1 – Words +too few +2 pairs, 2 images/)
  expect(out).toMatch(/owl\.png .* 1st of 3 by length, 2nd of 2 by NP F1/)
  expect(out).toContain('    =A drawn owl, on a very long branch of a tree.')
  expect(err).toBe('6 captions without marks\n')
})

test('JSON lines tell every correlation, then every caption; CSV guards what a spreadsheet would run', async () => {
  const asked = ['--all', '--by', 'words,npF1', '--references', 'people']
  const { out, err } = await triangulate(...asked, '--json')
  expect(err).toBe('')
  const lines = out
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>)
  expect(lines[0]).toMatchObject({ what: 'correlation', a: 'clip', b: 'npF1', unknown: 'few' })
  const captions = lines.filter(({ what }) => what === 'caption')
  expect(captions.length).toBeGreaterThan(1)
  expect(captions[0]).toMatchObject({ by: ['words', 'npF1'] })
  expect(captions.find(({ captioner }) => captioner === 'elsewhere:long')).toMatchObject({
    measures: { words: { place: 1, of: 3, sharing: 1 }, npF1: { place: 2, of: 2 } },
  })

  const { out: csv, code } = await triangulate(...asked, '--csv', '--top', '1')
  expect(code).toBe(0)
  const [head, row, none] = csv.split('\r\n')
  expect(head).toMatch(
    /^"image","image_sha256",.*"disagreement","clip","clip_place","clip_of","npF1"/,
  )
  expect(row).toContain('"words","npF1",')
  expect(none).toBe('')
  const { out: all } = await triangulate(...asked, '--csv')
  expect(all).toContain(`"'=A drawn owl, on a very long branch of a tree."`)
})

test('what is missing, or said twice, is refused with what to do', async () => {
  const said = async (...args: readonly string[]) => {
    const { code, err } = await triangulate(...args)
    return `${code} ${err}`
  }
  expect(await said()).toContain('2 realign: Name a run, or ask for all captions')
  expect(await said('--all', '--by', 'clip')).toContain('--by names two measures')
  expect(await said('--all', '--by', 'clip,taste')).toContain('There is no measure "taste"')
  expect(await said('--all', '--json', '--csv')).toContain('say two things')
  expect(await said('--all', '--by', 'clip,people')).toContain(
    '1 realign: No caption here has People (comparisons won) [not-found]',
  )
  expect(await said('--run', 'nonesuch')).toContain('There is no run "nonesuch"')
  expect(await said('--all', '--study', 'none')).toContain('No study "none"')
})
