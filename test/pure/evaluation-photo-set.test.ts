/** A folder of labelled photographs is read whole, or refused with the file that is wrong. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { pack } from 'tar-stream'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { poolOf } from '../../src/core/evaluation/drawn-picture.ts'
import { readNames } from '../../src/core/evaluation/lexicon.ts'
import { PLATES } from '../../src/fieldguide/plates.ts'
import { readPhotoSet } from '../../src/files/photo-set.ts'

let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'photos-'))
  await write({})
})
afterEach(() => rm(folder, { recursive: true }))

const INDEX =
  'split\twnid\tfile\tx0\ty0\tx1\ty1\ntrain\tn1\ta.jpg\t0\t0\t9\t9\nval\tn1\tb.jpg\t1\t2\t30\t40\n'

async function write(change: { index?: string; members?: readonly string[] }): Promise<void> {
  const tar = pack()
  for (const name of change.members ?? ['n1/b.jpg', 'n1/other.jpg']) tar.entry({ name }, name)
  tar.finalize()
  const parts: Uint8Array[] = []
  for await (const part of tar) parts.push(part as Uint8Array)
  await writeFile(join(folder, 'val.tar.gz'), gzipSync(Buffer.concat(parts)))
  await writeFile(join(folder, 'index.tsv.gz'), gzipSync(change.index ?? INDEX))
  await writeFile(join(folder, 'classes.tsv'), 'wnid\tnames\nn1\tgoldfinch, Carduelis carduelis\n')
}

describe('a folder of photographs', () => {
  test('gives the held-out ones with class, box and bytes', async () => {
    const { photos, classNames } = await readPhotoSet(folder)
    expect(photos).toEqual([
      {
        id: 'n1/b.jpg',
        wnid: 'n1',
        box: { x0: 1, y0: 2, x1: 30, y1: 40 },
        bytes: Buffer.from('n1/b.jpg'),
      },
    ])
    expect(classNames.get('n1')).toEqual(['goldfinch', 'Carduelis carduelis'])
  })

  test.each(['classes.tsv', 'index.tsv.gz', 'val.tar.gz'])(
    'without %s is refused',
    async (name) => {
      await rm(join(folder, name))
      await expect(readPhotoSet(folder)).rejects.toMatchObject({
        code: 'not-found',
        message: expect.stringContaining(name) as string,
      })
    },
  )

  test.each<[string, Parameters<typeof write>[0], string]>([
    ['a photograph missing from the archive', { members: [] }, 'n1/b.jpg'],
    ['a box that is no number', { index: INDEX.replace('30', 'x') }, 'no box'],
    ['nothing held out', { index: INDEX.replace('val', 'train') }, 'no held-out'],
  ])('with %s is refused', async (_, change, words) => {
    await write(change)
    await expect(readPhotoSet(folder)).rejects.toThrow(words)
  })

  test('with an index that is no gzip file is refused', async () => {
    await writeFile(join(folder, 'index.tsv.gz'), 'plain')
    await expect(readPhotoSet(folder)).rejects.toMatchObject({ code: 'bad-input' })
  })
})

describe('the shipped names', () => {
  const shipped = async () => {
    const file = join(import.meta.dirname, '../../models/builtin/names.json')
    return readNames(JSON.parse(await readFile(file, 'utf8')))
  }

  test('hold no name both as seen and as unseen', async () => {
    const { lexicon } = await shipped()
    const seen = new Set(Object.values(lexicon).flatMap((family) => family.seen))
    const unseen = Object.values(lexicon).flatMap((family) => family.unseen)
    expect(unseen.length).toBeGreaterThan(100)
    expect(unseen.filter((name) => seen.has(name))).toEqual([])
  })

  test('hold no everyday word back, and have some for every family', async () => {
    const { lexicon } = await shipped()
    const unseen = new Set(Object.values(lexicon).flatMap((family) => family.unseen))
    for (const [family, { everyday = [] }] of Object.entries(lexicon)) {
      expect(everyday.length, family).toBeGreaterThan(40)
      expect(everyday.filter((word) => unseen.has(word) || word === family)).toEqual([])
    }
  })

  test('have a family for every drawn family and for 200 photo classes', async () => {
    const { lexicon, familyOfClass } = await shipped()
    expect(PLATES.map(({ family }) => poolOf(family)).filter((one) => !lexicon[one])).toEqual([])
    expect(familyOfClass.size).toBe(200)
  })
})
