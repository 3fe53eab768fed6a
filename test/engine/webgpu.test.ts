/** WebGPU without a GPU: Chromium's SwiftShader is a Vulkan device in software (ENGINE.md section 2). */
import { execFile } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { halfNodes } from '../../src/engine/model/half-nodes.ts'
import { readManifest, tinyFolder } from '../support/engine-bundle.ts'

const root = path.resolve(import.meta.dirname, '..', '..')
const FOLDERS = [
  '/usr/lib/chromium',
  '/usr/lib/chromium-browser',
  '/opt/google/chrome',
  path.join(root, 'node_modules', 'electron', 'dist'),
]
const folder =
  process.platform === 'linux' &&
  FOLDERS.find((one) =>
    ['libvk_swiftshader.so', 'libvulkan.so.1'].every((file) => existsSync(path.join(one, file))),
  )
if (!folder)
  console.warn(
    'WebGPU is NOT tested: no folder with libvk_swiftshader.so and libvulkan.so.1 was found',
  )

const script = path.join(root, 'test', 'support', 'engine-webgpu.ts')
const run = async (environment: Readonly<Record<string, string>>) => {
  const { stdout } = await promisify(execFile)(process.execPath, [script], {
    env: { ...process.env, REALIGN_DEVICE: 'webgpu', ...environment },
    timeout: 580_000,
  })
  return JSON.parse(stdout) as {
    device: { device: string; reason: string; goldenDiff: number }
    ran: string
    tokens: readonly (readonly number[])[]
  }
}
const goldenTokens = async () =>
  (await readManifest()).golden.cases
    .toSorted(
      (a, b) =>
        ['', 'conch', 'great gray owl'].indexOf(a.altText) -
        ['', 'conch', 'great gray owl'].indexOf(b.altText),
    )
    .map((one) => one.variants.fp32?.tokens)

test.skipIf(!folder)(
  'the golden step holds on webgpu and the greedy captions are those of the processor',
  async () => {
    const icd = path.join(folder || '', 'vk_swiftshader_icd.json')
    const seen = await run({
      LD_LIBRARY_PATH: folder || '',
      VK_DRIVER_FILES: icd,
      VK_ICD_FILENAMES: icd,
    })
    expect(seen.device).toMatchObject({ device: 'webgpu', reason: 'chosen by REALIGN_DEVICE' })
    expect(seen.device.goldenDiff).toBeLessThan(1e-3)
    expect(seen.ran).toBe('webgpu')
    expect(seen.tokens).toEqual(await goldenTokens())
  },
  600_000,
)

test('without a working adapter the engine says so and captions on the processor', async () => {
  const nowhere = path.join(root, 'test')
  const seen = await run({ VK_DRIVER_FILES: nowhere, VK_ICD_FILENAMES: nowhere })
  expect(seen.device.device).toBe('cpu')
  expect(seen.device.reason).toMatch(/webgpu/)
  expect(seen.tokens).toEqual(await goldenTokens())
}, 120_000)

test('float16 tables of every graph are left to the processor', async () => {
  for (const file of ['decoder.onnx', 'text.onnx'])
    expect(halfNodes(readFileSync(path.join(tinyFolder, file))).length).toBe(4) // two tables, gather and cast
  expect(halfNodes(readFileSync(path.join(tinyFolder, 'mapper.onnx')))).toEqual([])
})
