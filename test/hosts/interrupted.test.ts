/** However the command line is ended or left without a reader, it lets the workspace go and says what is so. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, openSync } from 'node:fs'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { text } from 'node:stream/consumers'
import { expect, test } from 'vitest'
import { untilInterrupted } from '../../src/cli/session.ts'
import { temporaryFolder } from '../support/builders.ts'

const program = path.resolve('bin/realign.mjs')

test.skipIf(process.platform === 'win32')(
  'a terminal that is closed ends the served pages as Ctrl-C does',
  async () => {
    const workspace = path.join(temporaryFolder(), 'w.realign')
    const child = spawn(process.execPath, [program, 'serve', '--workspace', workspace])
    await once(createInterface(child.stdout), 'line')
    child.kill('SIGHUP')
    expect(await once(child, 'exit')).toEqual([0, null])
    expect([existsSync(workspace), existsSync(`${workspace}-wal`)]).toEqual([true, false])
  },
)

test('an interruption that came while pages were made ready is not waited for again', async () => {
  await untilInterrupted(AbortSignal.abort())
})

test.skipIf(process.platform !== 'linux')(
  'a disk that is full behind > is told once, and is no interruption',
  async () => {
    const folder = temporaryFolder()
    const args = ['fieldguide', '--seed', 'a', '--count', '1', '--size', '64', '--out', folder]
    const drawn = spawn(process.execPath, [program, ...args], { stdio: 'ignore' })
    await once(drawn, 'exit')
    const child = spawn(
      process.execPath,
      [
        ...[program, 'compare', folder, '--workspace', path.join(folder, 'w.realign'), '--json'],
        ...Array.from({ length: 30 }, (_, n) => ['--alt', `thing ${n}`]).flat(),
      ],
      { stdio: ['ignore', openSync('/dev/full', 'w'), 'pipe'] },
    )
    const [err, [code]] = await Promise.all([text(child.stderr as never), once(child, 'exit')])
    expect([code, err]).toEqual([1, 'realign: What was found cannot be written out (ENOSPC)\n'])
  },
)
