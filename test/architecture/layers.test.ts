/** The arrow table: which folder may import which. A wrong arrow or a circle fails the build. */
import { globSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'

interface Row {
  /** Folders whose values may be imported. */
  readonly values: readonly string[]
  /** Folders whose types may be imported besides. */
  readonly types?: readonly string[]
  /** npm packages and node: that may be imported. `node` stands for every node: module. */
  readonly outside: readonly string[]
}

const TABLE: Readonly<Record<string, Row>> = {
  shared: { values: [], outside: ['zod'] },
  fieldguide: { values: [], outside: [] },
  core: {
    values: ['shared', 'fieldguide'],
    outside: [
      'diff',
      'fastest-levenshtein',
      'wink-nlp',
      'wink-eng-lite-web-model',
      'papaparse',
      'zod',
    ],
  },
  engine: {
    values: ['shared'],
    types: ['core'],
    outside: ['node', 'onnxruntime-node', 'sharp', '@huggingface/tokenizers', 'zod'],
  },
  store: {
    values: ['shared'],
    types: ['core'],
    outside: ['node', 'better-sqlite3', 'kysely', 'zod'],
  },
  'workbench.ts': {
    values: ['shared', 'core', 'engine', 'store', 'fieldguide', 'workbench', 'endpoints'],
    outside: ['node'],
  },
  workbench: { values: ['shared', 'core', 'engine', 'store', 'fieldguide'], outside: ['node'] },
  server: { values: ['shared'], outside: ['node', 'hono', '@hono/node-server'] },
  files: {
    values: ['shared', 'core'],
    outside: ['node', 'hyparquet', 'hyparquet-writer', 'papaparse', 'tar-stream', 'yaml'],
  },
  endpoints: {
    values: ['shared', 'files'],
    types: ['core', 'engine'],
    outside: ['node', 'openai', 'undici'],
  },
  main: {
    values: ['shared', 'workbench.ts', 'workbench', 'server', 'files', 'endpoints'],
    types: ['engine'],
    outside: ['node', 'electron', 'electron-log'],
  },
  cli: {
    values: [
      'shared',
      'workbench.ts',
      'workbench',
      'server',
      'files',
      'core',
      'fieldguide',
      'endpoints',
    ],
    types: ['engine'],
    outside: ['node', 'commander', 'cli-progress', 'yaml'],
  },
  preload: { values: [], types: ['shared'], outside: ['electron'] },
  renderer: {
    values: ['shared'],
    outside: [
      'react',
      'react-dom',
      'react-aria-components',
      'zustand',
      'lucide-react',
      'tinykeys',
      'diff',
      '@fontsource-variable/inter',
    ],
  },
}

const IMPORT =
  /^\s*(?:import|export)\s+(type\s+)?(?:[^'";]*?from\s+)?'([^']+)'|import\(\s*'([^']+)'\s*\)/gm

const files = globSync('src/**/*.{ts,tsx}').map((file) => path.normalize(file))
const layerOf = (file: string) => file.split(path.sep)[1] ?? ''

const imports = files.flatMap((from) =>
  [...readFileSync(from, 'utf8').matchAll(IMPORT)].map((match) => ({
    from,
    to: (match[2] ?? match[3] ?? '').replace(/\?.*$/, ''),
    typeOnly: match[1] !== undefined,
  })),
)
const arrows = imports
  .filter((one) => one.to.startsWith('.'))
  .map((one) => ({ ...one, to: path.join(path.dirname(one.from), one.to) }))

const packageOf = (name: string) =>
  name.startsWith('node:')
    ? 'node'
    : name
        .split('/')
        .slice(0, name.startsWith('@') ? 2 : 1)
        .join('/')

describe('architecture', () => {
  test('every folder under src has a row', () => {
    expect([...new Set(files.map(layerOf))].filter((layer) => !TABLE[layer])).toEqual([])
  })

  test('arrows point down', () => {
    const wrong = arrows.filter(({ from, to, typeOnly }) => {
      const [layer, target] = [layerOf(from), layerOf(to)]
      if (layer === target) return false
      const row = TABLE[layer]
      return !(row?.values.includes(target) || (typeOnly && row?.types?.includes(target)))
    })
    expect(wrong).toEqual([])
  })

  test('only the named packages are imported', () => {
    const wrong = imports.filter(
      ({ from, to }) =>
        !to.startsWith('.') &&
        !/\.(css|svg|png)$/.test(to) &&
        !TABLE[layerOf(from)]?.outside.includes(packageOf(to)),
    )
    expect(wrong).toEqual([])
  })

  test('each native library, and the network, has one door', () => {
    const doors: Record<string, string> = {
      'onnxruntime-node': 'src/engine/ort.ts',
      sharp: 'src/engine/image/decode.ts',
      'better-sqlite3': 'src/store/database.ts',
      openai: 'src/endpoints/ask.ts',
      undici: 'src/endpoints/connection.ts',
    }
    const wrong = imports.filter(
      ({ from, to, typeOnly }) =>
        !typeOnly && doors[packageOf(to)] && from !== path.normalize(doors[packageOf(to)] ?? ''),
    )
    expect(wrong).toEqual([])
  })

  test('no circles', () => {
    const state = new Map<string, 'open' | 'closed'>()
    const circles: string[] = []
    const visit = (file: string, trail: readonly string[]): void => {
      if (state.get(file) === 'closed') return
      if (state.get(file) === 'open') {
        circles.push([...trail, file].join(' -> '))
        return
      }
      state.set(file, 'open')
      for (const arrow of arrows)
        if (arrow.from === file && !arrow.typeOnly) visit(arrow.to, [...trail, file])
      state.set(file, 'closed')
    }
    for (const file of files) visit(file, [])
    expect(circles).toEqual([])
  })

  test('files stay small: none over 400 lines, median at most 80', () => {
    const lengths = files
      .map((file) => ({ file, lines: readFileSync(file, 'utf8').split('\n').length }))
      .sort((a, b) => a.lines - b.lines)
    expect(lengths.filter(({ lines }) => lines > 401)).toEqual([])
    expect(lengths[Math.floor(lengths.length / 2)]?.lines).toBeLessThanOrEqual(90)
  })
})
