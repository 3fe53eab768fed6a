/** Files that are a workspace by their name: itself, what SQLite keeps beside it, and its daily copies. */

export const isWorkspaceName = (name: string): boolean =>
  /\.realign(-wal|-shm|-journal|\.backup-[^/\\]*)?$/i.test(name)
