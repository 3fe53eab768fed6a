/** A file that was cut short is lengthened to what its header says, so that the pages it still has can be read. */
import { closeSync, fstatSync, ftruncateSync, openSync, readSync } from 'node:fs'

/** Offsets of the SQLite file format, section 1.3. */
const PAGE_SIZE_AT = 16
const PAGE_COUNT_AT = 28
/** A header that promises more than this many times the file is damaged itself. */
const MOST_TIMES = 16

/** Call it with a copy: SQLite refuses a short file whole, of an empty page only what lay on it. */
export function fillUp(file: string): void {
  const handle = openSync(file, 'r+')
  try {
    const header = Buffer.alloc(PAGE_COUNT_AT + 4)
    const { size } = fstatSync(handle)
    if (readSync(handle, header, 0, header.length, 0) < header.length) return
    const written = header.readUInt16BE(PAGE_SIZE_AT)
    const wanted = (written === 1 ? 65_536 : written) * header.readUInt32BE(PAGE_COUNT_AT)
    if (wanted > size && wanted <= MOST_TIMES * size) ftruncateSync(handle, wanted)
  } finally {
    closeSync(handle)
  }
}
