/** Under an older Node this program is the child of a launcher (bin/launch.mjs), and ends when that is gone. */

/** SIGTERM without a handler, as a shell counts it. */
const TERMINATED = 143

/** A launcher that is killed can pass nothing on; what tells of its end is its channel. */
export function endWithLauncher(): void {
  const launched = process.env['REALIGN_LAUNCHED'] !== undefined
  delete process.env['REALIGN_LAUNCHED'] // programs that this one starts have another parent
  if (!launched || !process.connected) return
  process.once('disconnect', () => {
    if (!process.emit('SIGTERM', 'SIGTERM')) process.exit(TERMINATED)
  })
  process.channel?.unref() // work that is done is not waited on for this
}
