/** Brings a file to today's schema with kysely's Migrator, all steps in one transaction of our own. */
import { sql } from 'kysely'
import { Migrator, type Migration } from 'kysely/migration'
import { RealignError } from '../shared/errors.ts'
import { APPLICATION_ID, toStoreError, type Database } from './database.ts'
import { STEPS, versionOf, type Step } from './migrations/list.ts'

/** `user_version` changes with the tables it tells of, so that no file says one thing and holds another. */
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

/**
 * Fails with the store's own errors; the file is then as it was before. The transaction is ours because
 * kysely takes SQLite to have no transactional DDL and would commit each statement.
 */
export async function migrate(database: Database, steps: readonly Step[] = STEPS): Promise<void> {
  const migrations = Object.fromEntries(steps.map((step) => [step.name, toMigration(step)]))
  const migrator = new Migrator({
    db: database.sql,
    provider: { getMigrations: () => Promise.resolve(migrations) },
  })
  database.exec('BEGIN IMMEDIATE')
  const { error } = await migrator.migrateToLatest()
  if (error === undefined) return database.exec('COMMIT')
  rollBack(database)
  throw asStoreError(error)
}

/** SQLite itself rolls back on a full disk; a second time would only hide the first reason. */
function rollBack(database: Database): void {
  try {
    database.exec('ROLLBACK')
  } catch {
    return
  }
}

function asStoreError(error: unknown): RealignError {
  const known = toStoreError(error)
  if (known instanceof RealignError) return known
  return new RealignError('store-corrupt', 'The workspace could not be brought up to date', {
    cause: error,
    hint: 'The file is unchanged; a backup lies beside it. Report this with the log.',
  })
}
