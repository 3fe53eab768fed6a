/** Children that are killed in the midst of their work: started as one file, killed after they said so many lines. */
import { spawn, type ChildProcessByStdio } from 'node:child_process'
import { symlinkSync } from 'node:fs'
import path from 'node:path'
import type { Readable, Writable } from 'node:stream'
import { build } from 'vite'
import { onTestFinished } from 'vitest'

export type Started = ChildProcessByStdio<Writable, Readable, null>

/** The child as one file, so that a hundred starts cost a tenth of what they would from source. */
export async function bundleChild(folder: string, source: string): Promise<string> {
  symlinkSync(path.resolve('node_modules'), path.join(folder, 'node_modules'))
  await build({
    configFile: false,
    logLevel: 'error',
    build: {
      ssr: path.resolve(source),
      outDir: path.join(folder, 'child'),
      target: 'node24',
      rollupOptions: { output: { entryFileNames: 'child.mjs' } },
    },
    ssr: { noExternal: true, external: ['better-sqlite3'] },
  })
  return path.join(folder, 'child', 'child.mjs')
}

export function startChild(script: string): Started {
  const env = { ...process.env, NODE_COMPILE_CACHE: path.dirname(script), NODE_OPTIONS: '' }
  const child = spawn(process.execPath, [script], { env, stdio: ['pipe', 'pipe', 'inherit'] })
  onTestFinished(() => void child.kill('SIGKILL'))
  return child
}

/** Lets the child work on a file until it has said `count` ids, kills it, and answers with every id it said. */
export function killAfter(child: Started, file: string, count: number): Promise<readonly string[]> {
  return new Promise((resolve, reject) => {
    let said = ''
    child.stdout.on('data', (chunk: Buffer) => {
      said += chunk.toString()
      if (said.split('\n').length > count) child.kill('SIGKILL')
    })
    child.once('error', reject)
    child.once('close', (code, signal) => {
      if (signal !== 'SIGKILL') reject(new Error(`the child ended by itself (${code})`))
      resolve(said.split('\n').slice(0, -1)) // what follows the last line break was never finished
    })
    child.stdin.end(`${file}\n`)
  })
}
