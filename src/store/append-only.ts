/** Triggers that make a table refuse every change to what it holds. */

export const appendOnly = (table: string): readonly string[] =>
  ['UPDATE', 'DELETE'].map(
    (verb) =>
      `CREATE TRIGGER ${table}_no_${verb.toLowerCase()} BEFORE ${verb} ON ${table}
       BEGIN SELECT RAISE(ABORT, '${table} are append-only'); END`,
  )
