/** The names that the matcher knows besides the field guide's: names.json, which ships with the project. */
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { readNameFamilies, type Names } from '../core/probes/names-file.ts'

/** Two folders up from here in the sources and in the built main process alike. */
const FILE = path.resolve(import.meta.dirname, '..', '..', 'models', 'builtin', 'names.json')

/** No names rather than no marks: without the file the matcher still knows the field guide. */
export async function readNamesFile(): Promise<unknown> {
  try {
    return JSON.parse(await readFile(FILE, 'utf8')) as unknown
  } catch {
    return { families: {} }
  }
}

export const readKnownNames = async (): Promise<Names> => readNameFamilies(await readNamesFile())
