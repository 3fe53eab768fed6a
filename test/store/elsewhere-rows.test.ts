/** A caption made elsewhere as a row: sound, without tokens, and never taken for one of ours, damaged or not. */
import Sqlite from 'better-sqlite3'
import path from 'node:path'
import { expect, test } from 'vitest'
import { elsewhereId, isElsewhere, toldCell } from '../../src/shared/elsewhere.ts'
import { openStore } from '../../src/store/open-store.ts'
import { temporaryFolder } from '../support/builders.ts'
import { someCaption, someImage } from './rows.ts'

const WRITER = elsewhereId('GPT-4o') ?? ''
const ELSEWHERE = { file: 'them.csv', fileSha256: 'a'.repeat(64), line: 3 }

async function filled() {
  const file = path.join(temporaryFolder(), 'w.realign')
  const store = await openStore(file)
  store.images.add(someImage(1))
  const runId = store.runs.start({ request: {}, appVersion: '0', startedAt: '2026-01-01' })
  const caption = someCaption({ runId, altText: '', text: 'A snowy owl.' })
  const cell = store.captions.add({
    ...caption,
    identity: { ...caption.identity, captionerId: WRITER, bundleSha256: '' },
    ...{ tokenIds: [], logProbs: [] },
    provenance: { ...caption.provenance, captionerId: WRITER, elsewhere: ELSEWHERE },
  })
  return { file, store, cell }
}

test('it has no tokens and no probability, which is not none of them', async () => {
  const { store, cell } = await filled()
  expect(cell).toMatchObject({
    ...{ captionerId: WRITER, caption: 'A snowy owl.', tokenCount: null, logProb: null },
    provenance: { elsewhere: ELSEWHERE, notes: [] },
  })
  const verifying = store.verify()
  let step = verifying.next()
  while (!step.done) step = verifying.next()
  expect(step.value).toEqual([])
  expect(store.captions.ofImage(cell.imageId)).toEqual([cell])
  store.close()
})

test('programs are told what is known of it, and nothing that stands in for the rest', async () => {
  const { store, cell } = await filled()
  expect(toldCell(cell)).toMatchObject({ seed: null, tokenCount: null, logProb: null })
  expect(Object.keys(toldCell(cell).provenance)).toEqual([
    ...['captionerId', 'appVersion', 'elsewhere', 'notes'],
  ])
  store.close()
})

test('a row that was changed on disk still says that it is not ours', async () => {
  const { file, store, cell } = await filled()
  store.close()
  const raw = new Sqlite(file)
  raw.exec(`DROP TRIGGER captions_no_update; UPDATE captions SET provenance = 'x'`)
  raw.close()
  const again = await openStore(file)
  const changed = again.captions.get(cell.id)
  expect(changed).toMatchObject({ captionerId: WRITER, tokenCount: null, logProb: null })
  expect(isElsewhere(changed?.captionerId ?? '')).toBe(true)
  expect(changed?.provenance.notes.join()).toContain('no longer matches its checksum')
  again.close()
})
