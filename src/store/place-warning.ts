/** Places where a database file is at risk: network shares, and folders that another program copies around. */
import { statfsSync } from 'node:fs'
import { dirname } from 'node:path'

/** Magic numbers of statfs(2) on Linux. FUSE is left out: it is as often a local disk. */
const NETWORK: ReadonlyMap<number, string> = new Map([
  [0x6969, 'NFS'],
  [0xff534d42, 'CIFS'],
  [0xfe534d42, 'SMB'],
  [0x517b, 'SMB'],
  [0x01021997, '9P'],
  [0x5346414f, 'AFS'],
])

/** Folder names as the programs make them, on any system. */
const SYNCED =
  /(^|[\\/])(Dropbox|OneDrive( - [^\\/]+)?|Google Drive|GoogleDrive[^\\/]*|iCloud Drive|iCloudDrive|Mobile Documents|Nextcloud|ownCloud|Syncthing|Sync|pCloudDrive)[\\/]/i

/** One sentence, or null where nothing speaks against the place. `type` is statfs's, if known. */
export function placeWarning(path: string, type: number | undefined): string | null {
  const network = type === undefined ? undefined : NETWORK.get(type)
  if (network !== undefined)
    return `This workspace lies on a network share (${network}); a copy on this computer is safer`
  const synced = SYNCED.exec(path)?.[2]
  if (synced !== undefined)
    return `This workspace lies in a synchronised folder (${synced}); pause synchronising while it is open`
  return null
}

/** The type of the file system below a file, if the system tells. */
export function fileSystemType(path: string): number | undefined {
  try {
    return statfsSync(dirname(path)).type
  } catch {
    return undefined
  }
}
