/** Prints our own page with a Chromium of this machine: no network, no profile, no script, gone afterwards. */
import { spawn, type ChildProcess } from 'node:child_process'
import { existsSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { cancelled, RealignError, throwIfAborted } from '../shared/errors.ts'
import { temporaryFolder } from './temporary-folder.ts'
import { openDevtools, type Answer, type Devtools } from './devtools-pipe.ts'

export type PrintFormat = 'pdf' | 'png'

const USUAL_PLACES: Readonly<Partial<Record<NodeJS.Platform, readonly string[]>>> = {
  linux: [
    '/usr/bin/chromium',
    '/usr/bin/chromium-browser',
    '/usr/bin/google-chrome',
    '/usr/bin/google-chrome-stable',
    '/usr/bin/microsoft-edge',
    '/snap/bin/chromium',
    '/usr/bin/chromium-headless-shell',
  ],
  darwin: [
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
    '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  ],
  win32: [
    'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
    'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
  ],
}

/** CHROMIUM_PATH, or the first of the usual places. @throws RealignError unavailable */
export function findChromium(
  environment: NodeJS.ProcessEnv = process.env,
  exists: (file: string) => boolean = existsSync,
): string {
  const given = environment['CHROMIUM_PATH']
  if (given !== undefined && given !== '') {
    if (exists(given)) return given
    throw new RealignError('unavailable', `CHROMIUM_PATH names ${given}, which is not there`, {
      hint: 'Set it to the browser program itself, or leave it out.',
    })
  }
  const found = USUAL_PLACES[process.platform]?.find(exists)
  if (found) return found
  throw new RealignError('unavailable', 'PDF and PNG need a Chromium, and none was found', {
    hint: 'Install Chromium or Chrome, set CHROMIUM_PATH, or export HTML and print it yourself.',
  })
}

const FLAGS = [
  '--headless',
  '--remote-debugging-pipe',
  '--no-first-run',
  '--no-default-browser-check',
  '--disable-extensions',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-gpu',
  '--hide-scrollbars',
  '--host-resolver-rules=MAP * ~NOTFOUND',
  '--blink-settings=scriptEnabled=false',
]

/** The sandbox of Chromium refuses root, as in most containers. */
const forRoot = (): readonly string[] => (process.getuid?.() === 0 ? ['--no-sandbox'] : [])

/** The table at its widest, and the margins of the page. */
const PAGE_WIDTH = 1248
/** The browser draws no picture that is higher than this, in pixels of the picture. */
const TALLEST = 32_000
/** Pixels of the picture to one of the page: sharp on paper while that fits. */
const SHARP = 2

/** One command of the debugging protocol to the page that is printed. */
export type Send = (method: string, params: object) => Promise<Answer>

/** Base64 of our own page on paper or as a picture, in whatever Chromium `send` speaks to. */
export async function printThrough(send: Send, html: string, format: PrintFormat): Promise<string> {
  await send('Emulation.setDeviceMetricsOverride', METRICS)
  const { frameTree } = await send('Page.getFrameTree', {})
  const { frame } = frameTree as { frame: { id: string } } // as the protocol says
  await send('Page.setDocumentContent', { frameId: frame.id, html })
  if (format === 'pdf') {
    const paper = { preferCSSPageSize: true, printBackground: true, generateTaggedPDF: true }
    return String((await send('Page.printToPDF', paper))['data'])
  }
  const { cssContentSize } = await send('Page.getLayoutMetrics', {})
  const { width, height } = cssContentSize as { width: number; height: number } // as the protocol says
  const clip = { x: 0, y: 0, width, height, scale: scaleFor(height) }
  const shot = { format: 'png', captureBeyondViewport: true, clip }
  return String((await send('Page.captureScreenshot', shot))['data'])
}

/** A picture holds the whole table or is none. @throws RealignError bad-input */
export function scaleFor(height: number): number {
  if (height <= TALLEST) return height * SHARP <= TALLEST ? SHARP : 1
  throw new RealignError(
    'bad-input',
    `This table is ${Math.ceil(height)} pixels high; one picture holds ${TALLEST}`,
    { hint: 'Export PDF or HTML, which hold all of it, or fewer images at a time.' },
  )
}

async function print(devtools: Devtools, html: string, format: PrintFormat): Promise<string> {
  const { targetId } = await devtools.send('Target.createTarget', { url: 'about:blank' })
  const { sessionId } = await devtools.send('Target.attachToTarget', { targetId, flatten: true })
  const page = String(sessionId)
  return printThrough((method, params) => devtools.send(method, params, page), html, format)
}

/** As low as can be: a page is never lower than its window. */
const METRICS = { width: PAGE_WIDTH, height: 1, deviceScaleFactor: 1, mobile: false }

/** The browser and the processes it started, where the system knows groups of them. */
function killWhole({ pid }: ChildProcess): void {
  try {
    if (pid !== undefined) process.kill(process.platform === 'win32' ? pid : -pid, 'SIGKILL')
  } catch {
    // It had ended.
  }
}

/** A path of a socket in there, which is what the browser keeps among temporary files, has 108 characters at most. */
const SHORT = 60

/** What a browser that is killed leaves behind goes with its profile. */
const temporaryIn = (profile: string): NodeJS.ProcessEnv =>
  process.platform === 'linux' && profile.length <= SHORT ? { TMPDIR: profile } : {}

/** Bytes of the page on paper or as a picture. @throws RealignError unavailable, cancelled */
export async function printPage(
  html: string,
  format: PrintFormat,
  options: { readonly chromium?: string; readonly signal?: AbortSignal } = {},
): Promise<Uint8Array> {
  throwIfAborted(options.signal)
  const program = options.chromium ?? findChromium()
  const profile = await temporaryFolder('realign-print-')
  const flags = [...FLAGS, ...forRoot(), `--user-data-dir=${profile}`]
  const child = spawn(program, flags, {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'],
    detached: process.platform !== 'win32',
    env: { ...process.env, ...temporaryIn(profile) },
  })
  // Not `close`: children that outlive it for a moment hold its pipes, and some outlive it for good.
  const gone = new Promise<void>((resolve) => {
    child.once('exit', () => resolve())
    child.once('error', () => resolve())
  })
  const devtools = openDevtools(child)
  const stop = () => killWhole(child)
  options.signal?.addEventListener('abort', stop, { once: true })
  if (options.signal?.aborted) stop() // aborted while the folder was made: no event will come
  try {
    return Buffer.from(await print(devtools, html, format), 'base64')
  } catch (error) {
    throw options.signal?.aborted ? cancelled() : error
  } finally {
    options.signal?.removeEventListener('abort', stop)
    stop()
    await gone
    for (const pipe of child.stdio) pipe?.destroy()
    await rm(profile, { recursive: true, force: true, maxRetries: 3 })
  }
}
