/** Row checksums: what SQLite's own checks miss (most flipped bits of a payload) shows here. */
import { createHash } from 'node:crypto'

type Value = string | number | null | Uint8Array

export const sha256 = (data: string | Uint8Array): string =>
  createHash('sha256').update(data).digest('hex')

/** Over all columns in table order, the key included; bytes as hex, so that no two rows read alike. */
export const rowChecksum = (values: readonly Value[]): string =>
  sha256(
    JSON.stringify(
      values.map((value) =>
        value instanceof Uint8Array ? { hex: Buffer.from(value).toString('hex') } : value,
      ),
    ),
  )
