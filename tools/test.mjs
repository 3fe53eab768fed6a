/** `npm test`: install what is missing, then every check there is, in the order of how fast they fail. */
import path from 'node:path'
import { ensureBrowser, headlessOf } from './browser.mjs'
import { ensureBuilt } from './build.mjs'
import { findElectron, noDisplay } from './electron.mjs'
import {
  ensureInstalled,
  pinnedNode,
  projectEnv,
  root,
  run,
  runSideBySide,
  say,
} from './ensure.mjs'

ensureInstalled()
const chromium = ensureBrowser()
const real = noDisplay() ? null : findElectron()
const env = projectEnv({
  CHROMIUM_PATH: headlessOf(chromium),
  STANDIN_CHROMIUM: chromium,
  REALIGN_TEST_ELECTRON: real ?? path.join(root, 'test', 'electron-stand-in', 'electron'),
})
const tool = (...parts) => path.join(root, 'node_modules', ...parts)
const node = (...args) => run(pinnedNode(), args, { env })
const step = async (name, work) => {
  const start = Date.now()
  say(`\n— ${name}`)
  await work()
  say(`  ${name}: ${((Date.now() - start) / 1000).toFixed(1)} s`)
}
const program = (...args) => [pinnedNode(), args]

await step('types, lint', () =>
  runSideBySide(
    [
      [
        ...['pure', 'node', 'web', 'ui-test'].map((project) =>
          program(tool('typescript', 'bin', 'tsc'), '-p', `tsconfig.${project}.json`),
        ),
        program(tool('prettier', 'bin', 'prettier.cjs'), '--check', '--log-level', 'warn', '.'),
      ],
      [program(tool('eslint', 'bin', 'eslint.js'), '--max-warnings', '0', '.')],
    ],
    { env },
  ),
)
await step('build', ensureBuilt)
await step('unit, store, engine, hosts', () => node(tool('vitest', 'vitest.mjs'), 'run'))
say(
  real
    ? `\nThe desktop app is tested with Electron itself (${path.basename(real)}).`
    : '\nThe Electron program is not on this machine: the built desktop app is tested through the Electron stand-in (test/electron-stand-in), which cannot show how native modules or packaging behave inside Electron.',
)
await step('screens in a browser, and the desktop app', () =>
  node(tool('@playwright', 'test', 'cli.js'), 'test'),
)
