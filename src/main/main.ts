/** The desktop host: starts the workbench, opens windows, and stops in order. */
import { app, dialog, safeStorage } from 'electron'
import log from 'electron-log/node'
import path from 'node:path'
import { makeFolder } from '../files/make-folder.ts'
import { createEndpoints } from '../endpoints/endpoints.ts'
import { takeKeys } from '../endpoints/keys.ts'
import { createExporter } from '../files/exporter.ts'
import { readLocated } from '../files/located-yaml.ts'
import { readTable } from '../files/tables/read-table.ts'
import { openSpawnedEngine } from '../workbench/open-engine.ts'
import { toWire } from '../shared/errors.ts'
import { APP_VERSION } from '../shared/version.ts'
import { readPages } from '../server/pages.ts'
import { createRaterPages } from '../server/rater-pages.ts'
import { fillSample } from '../workbench/sample.ts'
import { openWorkbench, type Workbench } from '../workbench.ts'
import { spawnUtility } from './engine-process.ts'
import { createHandles } from './handles.ts'
import { setMenu } from './menu.ts'
import { windowPrinter } from './print-page.ts'
import { declareSchemes, serveSchemes, type PictureAnswer } from './protocols.ts'
import { bridgeWindows } from './rpc-bridge.ts'
import { createSafeKeys } from './safe-keys.ts'
import { sendingQuestion } from './sending-question.ts'
import { denyPermissions, openWindow } from './window.ts'

const here = import.meta.dirname // out/main in every build
const root = path.resolve(here, '..', '..')

/** Packed apps keep native files and models beside the archive, not in it. */
const unpacked = (...parts: string[]) =>
  path.join(root, ...parts).replace(/\.asar(?=[\\/])/, '.asar.unpacked')

const flag = (name: string) => {
  const given = process.argv.find((argument) => argument.startsWith(`--${name}=`))
  return given?.slice(name.length + 3)
}

function modelFolders(data: string): readonly string[] {
  const given = process.env['REALIGN_MODELS']
  const shipped = given ? given.split(path.delimiter) : [unpacked('models', 'builtin')]
  return [...shipped, path.join(data, 'models')]
}

async function start(): Promise<Workbench> {
  const data = app.getPath('userData')
  const file = path.resolve(flag('workspace') ?? path.join(data, 'workspace.realign'))
  await makeFolder(path.dirname(file))
  const handles = createHandles()
  const folders = modelFolders(data)
  const keys = createSafeKeys(
    path.join(data, 'endpoint-keys.json'),
    safeStorage,
    takeKeys(process.env),
  )
  const engine = openSpawnedEngine({
    modelFolders: folders,
    spawn: (settings) => spawnUtility(unpacked('out', 'main', 'engine-worker.js'), settings),
  })
  const workbench: Workbench = await openWorkbench({
    workspaceFile: file,
    engine,
    appVersion: APP_VERSION,
    hostName: 'desktop',
    prepareSample: fillSample((svg, size) => engine.renderSvg(svg, size)),
    host: {
      resolveHandle: (handle) => handles.take(handle),
      readLocated,
      readTable,
      modelFolders: folders,
      endpoints: createEndpoints(path.join(data, 'models'), keys),
      async confirmSending(endpoint) {
        const { response } = await dialog.showMessageBox({
          type: 'question',
          ...sendingQuestion(endpoint),
          buttons: ['Do not send', 'Send'],
          defaultId: 0,
          cancelId: 0,
        })
        return response === 1
      },
      raterPages: createRaterPages({
        invoke: () => workbench.invokeAs('rater'),
        folder: path.join(root, 'out', 'rate'),
      }),
      exporter: createExporter({
        printer: windowPrinter,
        async askPlace(name) {
          const { canceled, filePath } = await dialog.showSaveDialog({
            title: 'Export',
            defaultPath: path.join(app.getPath('documents'), name),
          })
          return canceled || filePath === '' ? null : filePath
        },
      }),
      async pickImages(what) {
        const { canceled, filePaths } = await dialog.showOpenDialog({
          title: PICK_TITLES[what],
          properties: what === 'files' ? ['openFile', 'multiSelections'] : ['openDirectory'],
        })
        return canceled ? [] : filePaths.map((one) => handles.give(one))
      },
    },
  })
  bridgeWindows(workbench.invokeAs('owner'), (line) => log.warn(line))
  const client = workbench.clientAs('owner')
  serveSchemes(
    await readPages(path.join(root, 'out', 'renderer')),
    async (input) => (await client.call('images.picture', input)) as PictureAnswer,
  )
  return workbench
}

declareSchemes()
app.enableSandbox()

const PICK_TITLES = {
  files: 'Add images',
  folder: 'Add a folder of images',
  model: 'Add a model: a bundle, or the folder of a CLIP in ONNX',
} as const

/** How long a workbench may take to close before the program ends without it. */
const CLOSING_MS = 10_000

if (!app.requestSingleInstanceLock()) app.quit()
else {
  const preload = path.join(root, 'out', 'preload', 'preload.cjs')
  let workbench: Workbench | undefined
  const show = () =>
    openWindow(preload).catch((error: unknown) => log.error('window failed', error))
  app.on('second-instance', () => void show())
  app.on('activate', () => void show())
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit()
  })
  // Quit only after the workspace is closed: the write-ahead log is folded in, the lock is gone.
  app.on('before-quit', (event) => {
    if (!workbench) return
    event.preventDefault()
    const closing = workbench
    workbench = undefined
    const late = setTimeout(() => {
      log.error('closing took too long', `quit after ${CLOSING_MS / 1000} s`)
      app.quit() // every acknowledged row is on disk already
    }, CLOSING_MS)
    void closing.close().finally(() => {
      clearTimeout(late)
      app.quit()
    })
  })
  try {
    await app.whenReady()
    denyPermissions()
    setMenu(() => void show())
    workbench = await start()
    await show()
  } catch (error) {
    log.error('start failed', error)
    const { message, hint = '' } = toWire(error)
    dialog.showErrorBox('Realign could not start', `${message}\n\n${hint}`.trim())
    app.exit(1)
  }
}
