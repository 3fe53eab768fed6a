/** Captions that were made to begin with given tokens: the tokens are part of what the cell is. */
export const branches: readonly string[] = [
  `ALTER TABLE cells ADD COLUMN prefix TEXT`,
  `CREATE INDEX cells_branches ON cells (image_id) WHERE prefix IS NOT NULL`,
]
