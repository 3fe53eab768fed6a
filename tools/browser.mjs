/** Finds a Chromium for the UI tests: an installed one, else Playwright's, else Debian's packages when root. */
import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { homedir } from 'node:os'
import path from 'node:path'
import { bin, fail, projectEnv, say } from './ensure.mjs'

const PLACES = [
  process.env.CHROMIUM_PATH,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/snap/bin/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
]

function playwrights() {
  const cache =
    process.env.PLAYWRIGHT_BROWSERS_PATH ??
    path.join(
      homedir(),
      process.platform === 'darwin' ? 'Library/Caches' : '.cache',
      'ms-playwright',
    )
  if (!existsSync(cache)) return undefined
  for (const folder of readdirSync(cache).filter((name) => name.startsWith('chromium')))
    for (const inner of ['chrome-linux64/chrome', 'chrome-linux/chrome', 'chrome-win/chrome.exe']) {
      const file = path.join(cache, folder, inner)
      if (existsSync(file)) return file
    }
  return undefined
}

const find = () => PLACES.find((place) => place && existsSync(place)) ?? playwrights()

const quietly = (program, args, timeout) =>
  spawnSync(program, args, { stdio: 'ignore', timeout, env: projectEnv() }).status === 0

const HEADLESS = '/usr/bin/chromium-headless-shell'

/** What the pages are tested in: Chromium without its window takes a quarter less processor time, where it is installed. */
export const headlessOf = (browser) =>
  !process.env.CHROMIUM_PATH && existsSync(HEADLESS) ? HEADLESS : browser

/** Path of a Chromium; ends the process with a clear line when there is none to be had. */
export function ensureBrowser() {
  const there = find()
  if (there) return there
  say('Installing a browser for the UI tests (once)…')
  quietly(bin('playwright'), ['install', 'chromium'], 300_000)
  if (!find() && process.platform === 'linux' && process.getuid?.() === 0)
    quietly(
      'sh',
      ['-c', 'apt-get update && apt-get install -y chromium chromium-headless-shell'],
      600_000,
    )
  const found = find()
  if (!found)
    fail(
      'no Chromium or Chrome was found for the UI tests.',
      'Install one, or name it: CHROMIUM_PATH=/path/to/chrome npm test',
    )
  return found
}
