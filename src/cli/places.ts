/** Where things live on this machine: the data folder, the default workspace, the models, the built pages. */
import { existsSync } from 'node:fs'
import { homedir } from 'node:os'
import path from 'node:path'

const home = homedir()

function platformData(): string {
  if (process.platform === 'darwin') return path.join(home, 'Library', 'Application Support')
  if (process.platform === 'win32')
    return process.env['APPDATA'] ?? path.join(home, 'AppData', 'Roaming')
  return process.env['XDG_DATA_HOME'] ?? path.join(home, '.local', 'share')
}

/** REALIGN_HOME overrides the platform's data folder. */
export const dataFolder = (): string =>
  process.env['REALIGN_HOME'] ?? path.join(platformData(), 'realign')

export const defaultWorkspace = (): string => path.join(dataFolder(), 'workspace.realign')

/** Two folders up from here in the sources and in what is built alike. */
const root = path.resolve(import.meta.dirname, '..', '..')

export const pagesFolder = (): string => path.join(root, 'out', 'renderer')

/** The rating page, built by itself so that it fits into one file. */
export const ratePages = (): string => path.join(root, 'out', 'rate')

/** Beside this file when built. */
export function engineWorker(): string {
  const built = path.join(import.meta.dirname, 'engine-worker.js')
  return existsSync(built) ? built : path.join(root, 'src', 'engine', 'worker.ts')
}

/** The built-in captioner, and the names it is evaluated with. */
export const shippedBundle = (): string => path.join(root, 'models', 'builtin')

/** The person's own bundles, and definitions of endpoints. */
export const ownModels = (): string => path.join(dataFolder(), 'models')

/** Shipped bundles first, then the person's own. */
export const modelFolders = (): readonly string[] => {
  const given = process.env['REALIGN_MODELS']
  return [...(given ? given.split(path.delimiter) : [shippedBundle()]), ownModels()]
}
