/** Brings a file to today's schema with kysely's Migrator: all steps in one transaction, or none. */
import { sql } from 'kysely'
import { Migrator, type Migration } from 'kysely/migration'
import { RealignError } from '../shared/errors.ts'
import { APPLICATION_ID, toStoreError, type Database } from './database.ts'
import { STEPS, versionOf, type Step } from './migrations/list.ts'

/** `user_version` changes within the step's own transaction, so a killed migration is never half said. */
function toMigration(step: Step): Migration {
  return {
    async up(db) {
      for (const statement of step.statements) await sql.raw(statement).execute(db)
      await sql.raw(`PRAGMA application_id = ${APPLICATION_ID}`).execute(db)
      await sql.raw(`PRAGMA user_version = ${versionOf(step)}`).execute(db)
    },
  }
}

export const userVersion = (database: Database): number => Number(database.pragma('user_version'))

/** Fails with the store's own errors; the file is then as it was before. */
export async function migrate(database: Database, steps: readonly Step[] = STEPS): Promise<void> {
  const migrations = Object.fromEntries(steps.map((step) => [step.name, toMigration(step)]))
  const migrator = new Migrator({
    db: database.sql,
    provider: { getMigrations: () => Promise.resolve(migrations) },
  })
  const { error } = await migrator.migrateToLatest()
  if (error === undefined) return
  const known = toStoreError(error)
  if (known instanceof RealignError) throw known
  throw new RealignError('store-corrupt', 'The workspace could not be brought up to date', {
    cause: error,
    hint: 'The file is unchanged; a backup lies beside it. Report this with the log.',
  })
}
