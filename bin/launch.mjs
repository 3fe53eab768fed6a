/** Starts a program in the place of this one: our signals are its signals, its end is ours. */
import { spawn } from 'node:child_process'

/** Tells our own programs that their IPC channel is the launcher's: its end, also by `kill -9`, is theirs. */
const LAUNCHED = 'REALIGN_LAUNCHED'

/** For programs of ours that run in Node; `options` as for `spawn`, but stdio. */
export function launchNode(node, args, options = {}) {
  const env = { ...(options.env ?? process.env), [LAUNCHED]: '1' }
  const stdio = ['inherit', 'inherit', 'inherit', 'ipc']
  return hand(spawn(node, args, { ...options, env, stdio }))
}

export const launch = (program, args, options = {}) =>
  hand(spawn(program, args, { ...options, stdio: 'inherit' }))

function hand(child) {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.removeAllListeners(signal)
    process.on(signal, () => child.kill(signal))
  }
  return child
}
