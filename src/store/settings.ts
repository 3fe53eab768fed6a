/** Small facts that a workspace keeps about itself, by name. */
import type { Database } from './database.ts'

export const settingOf = (database: Database, name: string): string | undefined =>
  database.get(database.sql.selectFrom('settings').select('value').where('name', '=', name))?.value

export const setSetting = (database: Database, name: string, value: string): void =>
  void database.run(
    database.sql
      .insertInto('settings')
      .values({ name, value })
      .onConflict((conflict) => conflict.column('name').doUpdateSet({ value })),
  )
