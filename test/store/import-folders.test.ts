/** Folders of pictures hold other files too: what is plainly no picture is passed over, the rest is told of. */
import { chmodSync, mkdirSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { passedOverInWords } from '../../src/shared/no-picture.ts'
import { collect, openBench, temporaryFolder } from '../support/builders.ts'

const asIs = { resolveHandle: (handle: string) => handle }
const importing = (folder: string) => ({ sources: [{ kind: 'handle' as const, handle: folder }] })
const isRoot = process.getuid?.() === 0

describe('beside pictures in a folder', () => {
  const PASSED: Readonly<Record<string, string | Buffer>> = {
    LICENSE: 'MIT',
    'README.md': '# Owls',
    'COPYING.txt': 'MIT',
    'Thumbs.db': Buffer.from('d0cf11e0a1b11ae1', 'hex'),
    'empty.lock': '',
    'notes.pdf': '%PDF-1.7',
    'page.html': '<!doctype html>',
    'scripts/crop.py': 'import os',
  }
  const TOLD: Readonly<Record<string, string | Buffer>> = {
    IMG_1: Buffer.from('\u0000\u0000\u0000\u0018ftypheic', 'latin1'),
    'logo.svg': '<svg/>',
    'owls.xlsx': 'PK\u0003\u0004',
    'shot.jpg': 'not a picture at all',
    'spelt otherwise.txt': 'an owl at night',
    'words.csv': 'image,alt',
  }
  const fill = (files: typeof PASSED) => {
    const folder = temporaryFolder()
    mkdirSync(path.join(folder, 'scripts'))
    for (const [name, content] of Object.entries(files))
      writeFileSync(path.join(folder, name), content)
    return folder
  }

  test('what is plainly no picture is passed over; what could have been one, words or a table is told of', async () => {
    const jpeg = Buffer.from('ffd8ff00', 'hex')
    const folder = fill({ ...PASSED, ...TOLD, 'BROKEN.jpg': 'FAKE but BROKEN', 'x.data': jpeg })
    // No picture can be as large, whatever it is.
    truncateSync(path.join(folder, 'empty.lock'), 200 * 1024 * 1024 + 1)
    const { client } = await openBench({ host: asIs })
    const { events, output } = await collect(client.run('images.import', importing(folder)))
    expect(output.passedOver.toSorted()).toEqual(Object.keys(PASSED).toSorted())
    expect(output.refused.map(({ name }) => name).toSorted()).toEqual(
      ['BROKEN.jpg', ...Object.keys(TOLD)].toSorted(),
    )
    expect(output.added).toHaveLength(1) // a JPEG under another name
    expect(events.at(-1)).toMatchObject({ done: 8, total: 8 })
  })

  test('the same file named itself is refused', async () => {
    const folder = fill(PASSED)
    const { client } = await openBench({ host: asIs })
    const sources = Object.keys(PASSED).map((name) => ({
      ...{ kind: 'handle' as const, handle: path.join(folder, name) },
    }))
    const { output } = await collect(client.run('images.import', { sources }))
    expect([output.passedOver, output.refused.length]).toEqual([[], sources.length])
  })

  test.skipIf(isRoot)(
    'a file that may not be read is refused, for nobody knows what it is',
    async () => {
      const folder = fill({ IMG_1: 'x' })
      chmodSync(path.join(folder, 'IMG_1'), 0)
      const { client } = await openBench({ host: asIs })
      const { output } = await collect(client.run('images.import', importing(folder)))
      expect(output).toMatchObject({ passedOver: [], refused: [{ name: 'IMG_1' }] })
    },
  )

  test('a link to a folder elsewhere is refused, for there may be pictures in it', async () => {
    const folder = fill({})
    symlinkSync(temporaryFolder(), path.join(folder, 'photos'))
    const { client } = await openBench({ host: asIs })
    const { output } = await collect(client.run('images.import', importing(folder)))
    expect(output).toMatchObject({ passedOver: [], refused: [{ name: 'photos' }] })
  })
})

test('what was passed over is said in one line, the first five by name', () => {
  expect(passedOverInWords(['README.md'])).toBe(
    '1 file that is no picture was passed over: README.md',
  )
  expect(passedOverInWords(['1', '2', '3', '4', '5', '6', '7'])).toBe(
    '7 files that are no pictures were passed over: 1, 2, 3, 4, 5 and 2 more',
  )
})
