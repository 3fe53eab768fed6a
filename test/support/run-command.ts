/** The command line as a person starts it, with a home of its own. */
import { spawn } from 'node:child_process'
import path from 'node:path'
import { text } from 'node:stream/consumers'

const program = path.resolve('bin/realign.mjs')

export async function runCommand(home: string, args: readonly string[]) {
  const child = spawn(process.execPath, [program, ...args], {
    env: { ...process.env, REALIGN_HOME: home },
  })
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve))
  const [out, err, code] = await Promise.all([text(child.stdout), text(child.stderr), ended])
  return { out, err, code }
}
