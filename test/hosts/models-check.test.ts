/** `realign models check` where there is nothing to check. */
import path from 'node:path'
import { expect, test, vi } from 'vitest'
import { temporaryFolder } from '../support/builders.ts'
import { runCommand } from '../support/run-command.ts'

test('no bundle is no success', async () => {
  const home = temporaryFolder()
  vi.stubEnv('REALIGN_MODELS', path.join(home, 'none'))
  const ran = await runCommand(home, ['models', 'check'])
  vi.unstubAllEnvs()
  expect([ran.code, ran.out]).toEqual([1, ''])
  expect(ran.err).toContain('No bundle was found to check')
})
