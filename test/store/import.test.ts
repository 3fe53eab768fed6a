/** Import from real folders: every file ends in exactly one of added, duplicate, refused, passed over; originals stay untouched. */
import { execFileSync, spawnSync } from 'node:child_process'
import { chmodSync, mkdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { readdirSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import path from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { createImageFiles } from '../../src/workbench/image-files.ts'
import {
  addPictures,
  collect,
  fakePicture,
  openBench,
  seededRandom,
  temporaryFolder,
} from '../support/builders.ts'

const asIs = { resolveHandle: (handle: string) => handle }
const importing = (folder: string) => ({ sources: [{ kind: 'handle' as const, handle: folder }] })
const isRoot = process.getuid?.() === 0

/** Ways in which a file is no picture: each makes one at `file`. `outside` lies beside the folder. */
const BAD: Readonly<Record<string, (file: string, outside: string) => void>> = {
  empty: (file) => writeFileSync(file, ''),
  text: (file) => writeFileSync(file, 'not a picture at all'),
  html: (file) => writeFileSync(file, '<html><script>alert(1)</script></html>'),
  damaged: (file) => writeFileSync(file, 'FAKE but BROKEN'),
  'too large': (file) => {
    writeFileSync(file, 'FAKE')
    truncateSync(file, 200 * 1024 * 1024 + 1)
  },
  pipe: (file) => void execFileSync('mkfifo', [file]),
  'dangling link': (file) => symlinkSync('nowhere.jpg', file),
  'link loop': (file) => symlinkSync(path.basename(file), file),
  'link out': (file, outside) => symlinkSync(outside, file),
  'link to a folder': (file) => symlinkSync('.', file),
  'absolute link out': (file) => symlinkSync('/etc/hostname', file),
  'binary noise': (file) => writeFileSync(file, Buffer.from([0, 255, 1, 254, 2, 253])),
}

describe('a folder of 2,000 files with 120 bad ones', () => {
  test('finishes and lists every one of them with its reason', async () => {
    const seed = 31
    const random = seededRandom(seed)
    const folder = temporaryFolder()
    const outside = path.join(temporaryFolder(), 'outside.jpg')
    writeFileSync(outside, fakePicture('outside'))
    const kinds = Object.entries(BAD)
    const bad = new Set<number>()
    while (bad.size < 120) bad.add(Math.floor(random() * 2000))
    const badNames = new Map<string, string>()
    const copies = new Set<number>()
    let turn = 0
    for (let n = 0; n < 2000; n++) {
      const sub = ['', 'a/', 'a/b c/', '☃/'][Math.floor(random() * 4)] ?? ''
      mkdirSync(path.join(folder, sub), { recursive: true })
      const name = `${sub}img ${String(n).padStart(4, '0')}.jpg`
      const file = path.join(folder, name)
      if (bad.has(n)) {
        const [kind, make] = kinds[turn++ % kinds.length]!
        make(file, outside)
        badNames.set(name, kind)
      } else {
        const copyOf = n > 100 && random() < 0.02
        if (copyOf) copies.add(n)
        writeFileSync(file, fakePicture(copyOf ? 'the same again' : `number ${n}`))
        if (random() < 0.1) writeFileSync(file.replace('.jpg', '.txt'), `words of ${n}\n`)
      }
    }
    const { client } = await openBench({ host: asIs })
    const { events, output } = await collect(client.run('images.import', importing(folder)))
    expect(output.refused.map(({ name }) => name).toSorted()).toEqual(
      [...badNames.keys()].toSorted(),
    )
    for (const { name, reason, hint, code } of output.refused) {
      expect(code, name).toBe('image-unreadable')
      expect(reason, badNames.get(name)).toMatch(/\w{3,}/)
      expect(`${reason} ${hint}`).not.toContain(folder)
    }
    expect(output.duplicates).toHaveLength(copies.size - 1)
    expect(output.added).toHaveLength(2000 - 120 - output.duplicates.length)
    expect(events.map(({ done }) => done)).toEqual(Array.from({ length: 2000 }, (_, n) => n + 1))
    expect(events.every(({ total }) => total === 2000)).toBe(true)
    const { total } = await client.call('images.list', {})
    expect(total).toBe(output.added.length)
  })
})

describe('one file', () => {
  const importOne = async (name: string, make: (file: string) => void) => {
    const folder = temporaryFolder()
    make(path.join(folder, name))
    const bench = await openBench({ host: asIs })
    const { output } = await collect(bench.client.run('images.import', importing(folder)))
    return { ...bench, folder, output }
  }

  test('its original is neither touched nor copied; its sidecar becomes its alt-text', async () => {
    const { client, folder, output } = await importOne('owl.jpg', (file) => {
      writeFileSync(file, fakePicture('owl'))
      writeFileSync(file.replace('.jpg', '.txt'), '\ufeffa snowy owl\r\n')
      chmodSync(file, 0o444)
    })
    expect(output.refused).toEqual([])
    const imageId = output.added[0] ?? ''
    const detail = await client.call('images.get', { imageId })
    expect(detail).toMatchObject({
      name: 'owl.jpg',
      sourcePath: path.join(folder, 'owl.jpg'),
      altTexts: [{ kind: 'own', text: 'a snowy owl', source: 'sidecar' }],
    })
    expect(readdirSync(folder)).toEqual(['owl.jpg', 'owl.txt'])
    expect(readFileSync(path.join(folder, 'owl.jpg'))).toEqual(Buffer.from(fakePicture('owl')))
    expect(statSync(path.join(folder, 'owl.jpg')).mode & 0o777).toBe(0o444)
  })

  test.each([
    ['UTF-16 as Notepad writes it', Buffer.from('\ufeffa café owl', 'utf16le'), 'a café owl'],
    ['UTF-16, the other way round', Buffer.from('\ufeffa cat', 'utf16le').swap16(), 'a cat'],
  ])('a sidecar in %s is its alt-text', async (_, bytes, words) => {
    const { client, output } = await importOne('owl.jpg', (file) => {
      writeFileSync(file, fakePicture('owl'))
      writeFileSync(file.replace('.jpg', '.txt'), bytes)
    })
    const detail = await client.call('images.get', { imageId: output.added[0] ?? '' })
    expect(detail.altTexts.map(({ text }) => text)).toEqual([words])
  })

  test.each([
    ['an older code page', Buffer.from('a café', 'latin1')],
    ['UTF-16 without its mark', Buffer.from('a cat', 'utf16le')],
  ])('a sidecar in %s is left out with a note, not guessed', async (_, bytes) => {
    const { client, output } = await importOne('owl.jpg', (file) => {
      writeFileSync(file, fakePicture('owl'))
      writeFileSync(file.replace('.jpg', '.txt'), bytes)
    })
    const detail = await client.call('images.get', { imageId: output.added[0] ?? '' })
    expect(detail.altTexts).toEqual([])
    expect(detail.notes).toEqual([expect.stringMatching(/^sidecar left out: it is not text/)])
  })

  test('a picture that is called .txt is not its own alt-text', async () => {
    const { client, output } = await importOne('owl.jpg.txt', (file) =>
      writeFileSync(file, fakePicture('owl')),
    )
    const detail = await client.call('images.get', { imageId: output.added[0] ?? '' })
    expect([detail.altTexts, detail.notes]).toEqual([[], []])
  })

  test('what is hidden in a folder is passed over; named itself it is read', async () => {
    const { client, folder, output } = await importOne('.DS_Store', (file) => {
      writeFileSync(file, 'Bud1')
      writeFileSync(path.join(path.dirname(file), '._owl.jpg'), 'AppleDouble')
      mkdirSync(path.join(path.dirname(file), '.thumbnails'))
      writeFileSync(path.join(path.dirname(file), '.thumbnails', 'owl.jpg'), 'x')
      writeFileSync(path.join(path.dirname(file), '.owl.jpg'), fakePicture('owl'))
    })
    expect(output).toEqual({ added: [], duplicates: [], refused: [], passedOver: [] })
    const itself = importing(path.join(folder, '.owl.jpg'))
    expect((await collect(client.run('images.import', itself))).output.added).toHaveLength(1)
  })

  test.each(['new\nline.jpg', '\u202egpj.exe.jpg', '-rf.jpg', '<b>&"\'.jpg', ' .jpg', 'CON.jpg'])(
    'a name like %j is a name',
    async (name) => {
      const { output, client } = await importOne(name, (file) =>
        writeFileSync(file, fakePicture(name)),
      )
      const detail = await client.call('images.get', { imageId: output.added[0] ?? '' })
      expect(detail.name).toBe(name)
    },
  )

  test('a name that is no text is refused with words for it', async () => {
    const folder = temporaryFolder()
    const raw = Buffer.concat([
      Buffer.from(`${folder}/bad-`),
      Buffer.from([0xff, 0xfe]),
      Buffer.from('.jpg'),
    ])
    writeFileSync(raw, fakePicture('x'))
    const { client } = await openBench({ host: asIs })
    const { output } = await collect(client.run('images.import', importing(folder)))
    expect(output.refused).toMatchObject([{ reason: expect.stringContaining('no valid text') }])
  })

  test('a socket is refused', async () => {
    const folder = temporaryFolder()
    const server = createServer().listen(path.join(folder, 's.jpg'))
    onTestFinished(() => void server.close())
    await new Promise((resolve) => server.once('listening', resolve))
    const { client } = await openBench({ host: asIs })
    const { output } = await collect(client.run('images.import', importing(folder)))
    expect(output.refused).toMatchObject([{ name: 's.jpg', code: 'image-unreadable' }])
  })

  test.skipIf(isRoot)('a file that may not be read is refused', async () => {
    const { output } = await importOne('x.jpg', (file) => {
      writeFileSync(file, fakePicture('x'))
      chmodSync(file, 0)
    })
    expect(output.refused).toMatchObject([{ reason: 'You may not read this file' }])
  })

  test('a text file without a picture is refused by name', async () => {
    const { output } = await importOne('notes.txt', (file) => writeFileSync(file, 'notes'))
    expect(output.refused).toMatchObject([{ name: 'notes.txt' }])
  })

  test('a link inside the folder is followed, and is the same picture', async () => {
    const { output } = await importOne('owl.jpg', (file) => {
      writeFileSync(file, fakePicture('owl'))
      symlinkSync('owl.jpg', path.join(path.dirname(file), 'same.jpg'))
    })
    expect(output).toMatchObject({ refused: [], duplicates: [{ name: 'same.jpg' }] })
    expect(output.added).toHaveLength(1)
  })

  test.each(['study.realign', 'study.db'])(
    'the workspace %s in the folder of its pictures stays locked, and is no refusal by its own name',
    async (name) => {
      const folder = temporaryFolder()
      const workspaceFile = path.join(folder, name)
      writeFileSync(path.join(folder, 'a.jpg'), fakePicture('a'))
      const { client } = await openBench({ workspaceFile, host: asIs })
      const { output } = await collect(client.run('images.import', importing(folder)))
      expect(output.added).toHaveLength(1)
      if (name.endsWith('.realign')) expect(output.refused).toEqual([])
      else
        expect(output.refused[0]).toMatchObject({ reason: 'Not read: this is the open workspace' })
      // Only another process meets the lock.
      const begin = `new (require('better-sqlite3'))(process.argv[1], { timeout: 0 }).exec('BEGIN IMMEDIATE')`
      const other = spawnSync(process.execPath, ['-e', begin, workspaceFile], { encoding: 'utf8' })
      expect(other.stderr).toContain('database is locked')
    },
  )

  test('a file that vanishes after it was listed is refused when it is read', async () => {
    const folder = temporaryFolder()
    const file = path.join(folder, 'x.jpg')
    writeFileSync(file, fakePicture('x'))
    const files = createImageFiles({ ...asIs, workspaceFile: path.join(folder, 'w.realign') })
    const found = []
    for await (const one of files.list(folder, new AbortController().signal)) found.push(one)
    expect(found).toMatchObject([{ kind: 'file', path: file }])
    rmSync(file)
    await expect(files.read(file)).rejects.toMatchObject({
      code: 'image-unreadable',
      message: expect.stringContaining('no file at this path'),
    })
  })
})

describe('importing', () => {
  test('a handle that the host did not give out opens nothing', async () => {
    const { client } = await openBench({ host: { resolveHandle: () => undefined } })
    const { output } = await collect(client.run('images.import', importing('/etc/passwd')))
    expect(output).toMatchObject({ added: [], refused: [{ code: 'forbidden' }] })
    const none = await openBench()
    const second = await collect(none.client.run('images.import', importing('/etc/passwd')))
    expect(second.output.refused).toMatchObject([{ code: 'forbidden' }])
  })

  test('a table chosen in the dialog of the host comes read, pictures as handles', async () => {
    const folder = temporaryFolder()
    const [table, picture, gone] = ['t.CSV', 'a.jpg', 'gone.jsonl'].map((name) =>
      path.join(folder, name),
    ) as [string, string, string]
    writeFileSync(table, 'image,alt\na.jpg,an owl\n')
    writeFileSync(picture, fakePicture('a'))
    let chosen = [table, picture]
    const host = { ...asIs, pickImages: () => Promise.resolve(chosen) }
    const { client } = await openBench({ host })
    const pick = (what: 'files' | 'folder') => client.call('host.pickImages', { what })
    const { handles, tables } = await pick('files')
    expect(handles).toEqual([picture])
    expect(tables.map(({ name }) => name)).toEqual(['t.CSV'])
    expect(Buffer.from(tables[0]?.bytes ?? []).toString()).toBe('image,alt\na.jpg,an owl\n')
    chosen = [folder]
    expect(await pick('folder')).toEqual({ handles: [folder], tables: [], available: true })
    writeFileSync(gone, '')
    chosen = [gone]
    await expect(pick('files')).rejects.toMatchObject({
      code: 'bad-input',
      message: 'gone.jsonl cannot be read: The file is empty',
      hint: expect.stringContaining('add it again'),
    })
  })

  test('a folder that is not there is one refusal', async () => {
    const { client } = await openBench({ host: asIs })
    const { output } = await collect(client.run('images.import', importing('/no/such/folder')))
    expect(output.refused).toMatchObject([{ name: 'folder', code: 'image-unreadable' }])
  })

  test('the same bytes again are a duplicate; removed and imported again they are back', async () => {
    const { client } = await openBench()
    const [id = ''] = await addPictures(client, ['owl'])
    expect(await addPictures(client, ['owl'])).toEqual([])
    expect(await client.call('images.remove', { imageIds: [id] })).toEqual({ removed: 1 })
    expect((await client.call('images.list', {})).total).toBe(0)
    expect(await addPictures(client, ['owl'])).toEqual([id])
    expect((await client.call('images.list', {})).total).toBe(1)
  })

  test('cancelling keeps what was added', async () => {
    const { client } = await openBench()
    const sources = Array.from({ length: 60 }, (_, n) => ({
      kind: 'bytes' as const,
      name: `${n}`,
      bytes: fakePicture(`${n}`),
    }))
    const abort = new AbortController()
    const run = async () => {
      const work = client.run('images.import', { sources }, { signal: abort.signal })
      for await (const { done } of work) if (done === 10) abort.abort()
    }
    await expect(run()).rejects.toMatchObject({ code: 'cancelled' })
    const { total } = await client.call('images.list', {})
    expect(total).toBeGreaterThanOrEqual(10)
    expect(total).toBeLessThan(60)
  })

  test('bytes that changed on disk after import are not captioned as the old picture', async () => {
    const folder = temporaryFolder()
    const file = path.join(folder, 'x.jpg')
    writeFileSync(file, fakePicture('before'))
    const { client } = await openBench({ host: asIs })
    const { output } = await collect(client.run('images.import', importing(folder)))
    writeFileSync(file, fakePicture('after'))
    const request = {
      imageIds: output.added,
      conditions: [{ altKind: 'empty' as const, text: '' }],
    }
    const { events } = await collect(client.run('comparisons.run', request))
    expect(events.find((event) => event.kind === 'failed')).toMatchObject({
      code: 'image-unreadable',
      message: 'The file has changed since it was imported',
    })
    const { cells } = await client.call('cells.list', { imageId: output.added[0] ?? '' })
    expect(cells).toEqual([])
  })
})

describe('a folder that the field guide drew', () => {
  const line = JSON.stringify({
    ...{ file: 'one.png', family: 'owl', decidable: false, caption: 'A drawing of an owl.' },
    species: { id: 'a', name: 'barred owl', latin: 'Strix varia' },
    alike: [{ id: 'b', name: 'tawny owl', latin: 'Strix aluco' }],
  })
  const folderWith = (truth: string) => {
    const folder = temporaryFolder()
    for (const name of ['one.png', 'two.png'])
      writeFileSync(path.join(folder, name), fakePicture(name))
    writeFileSync(path.join(folder, 'truth.jsonl'), truth)
    return folder
  }

  test('brings class, group and truth of its pictures along, and nothing is refused', async () => {
    const { client } = await openBench({ host: asIs })
    const folder = folderWith(`${line}\nnot a line\n{"file":"two.png"}\n`)
    const { output } = await collect(client.run('images.import', importing(folder)))
    expect([output.added.length, output.refused]).toEqual([2, []])
    const details = await Promise.all(
      output.added.map((imageId) => client.call('images.get', { imageId })),
    )
    expect(details.find(({ name }) => name === 'one.png')).toMatchObject({
      ...{ className: 'barred owl, Strix varia', group: 'owl (field guide)' },
      truth: 'A drawing of an owl. By eye it could as well be tawny owl.',
      altTexts: [{ kind: 'class-name', text: 'barred owl, Strix varia', source: 'truth.jsonl' }],
    })
    const plain = { className: null, group: null, truth: null, altTexts: [] }
    expect(details.find(({ name }) => name === 'two.png')).toMatchObject(plain)
  })

  test('keeps the group that the person names', async () => {
    const { client } = await openBench({ host: asIs })
    const asked = { ...importing(folderWith(line)), group: 'mine' }
    const { output } = await collect(client.run('images.import', asked))
    const { images } = await client.call('images.list', { limit: 10 })
    expect([output.added.length, images.map(({ group }) => group)]).toEqual([2, ['mine', 'mine']])
  })

  test('a truth.jsonl that tells of no drawing is listed like any file that is no picture', async () => {
    const { client } = await openBench({ host: asIs })
    const folder = folderWith('{"file":"one.png","label":1}\n')
    const { output } = await collect(client.run('images.import', importing(folder)))
    expect(output.refused.map(({ name, reason }) => [name, reason])).toEqual([
      ['truth.jsonl', 'This is a table, not a picture'],
    ])
  })
})
