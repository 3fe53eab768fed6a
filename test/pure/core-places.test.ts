/** Where a workspace should not lie, told from the path and the kind of file system alone. */
import { expect, test } from 'vitest'
import { placeWarning } from '../../src/store/place-warning.ts'

test.each([
  ['/home/u/work.realign', 0xef53, null],
  ['/home/u/Dropbox/work.realign', 0xef53, 'Dropbox'],
  ['C:\\Users\\u\\OneDrive - University\\a\\work.realign', undefined, 'OneDrive - University'],
  ['/Users/u/Library/Mobile Documents/x/work.realign', undefined, 'Mobile Documents'],
  ['/home/u/my-dropbox-notes/work.realign', undefined, null],
  ['/home/u/Dropbox', undefined, null],
  ['/mnt/lab/work.realign', 0x6969, 'NFS'],
  ['/mnt/lab/work.realign', 0xff534d42, 'CIFS'],
])('%s on %s: %s', (path, type, expected) => {
  const warning = placeWarning(path, type)
  if (expected === null) expect(warning).toBeNull()
  else expect(warning).toContain(`(${expected})`)
})
