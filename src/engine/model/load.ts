/** Loads a bundle on the best device that proves itself, and says why it is that one. */
import { RealignError } from '../../shared/errors.ts'
import type { VariantName } from '../../shared/manifest.ts'
import type { DeviceChoice } from '../../shared/types.ts'
import { computePrefix, pastOf } from '../generate/prefix.ts'
import { runDecoder } from '../generate/decoder.ts'
import { listDevices } from '../ort.ts'
import { bundleBytes, type Bundle } from './bundle.ts'
import { deviceCandidates, type Candidate } from './device.ts'
import { runGolden } from './golden.ts'
import { openModel, type Model, type OpenedPart } from './model.ts'

export interface LoadOptions {
  /** REALIGN_DEVICE; undefined chooses automatically. */
  readonly device: string | undefined
  readonly cpuOnlyBecause: string | undefined
  readonly threads: number | undefined
  readonly quiet: boolean
}

export interface LoadedModel {
  readonly model: Model
  readonly device: DeviceChoice
}

/** @throws RealignError when not even the processor can run the bundle */
export async function* loadModel(
  bundle: Bundle,
  variant: VariantName,
  options: LoadOptions,
): AsyncGenerator<OpenedPart, LoadedModel> {
  const candidates = deviceCandidates({
    listed: await listDevices(),
    wanted: options.device,
    cpuOnlyBecause: options.cpuOnlyBecause,
    modelBytes: bundleBytes(bundle),
  })
  const problems: string[] = []
  for (const candidate of candidates) {
    try {
      const tried = yield* tryDevice(bundle, variant, { candidate, options })
      if (typeof tried !== 'string') {
        const reason = [...problems, candidate.reason].join('; ')
        return { model: tried.model, device: { ...tried.device, reason } }
      }
      problems.push(tried)
    } catch (error) {
      if (candidate.device === 'cpu') throw error
      problems.push(error instanceof Error ? error.message : String(error))
    }
  }
  throw new RealignError('device-unavailable', problems.join('; '))
}

interface Attempt {
  readonly candidate: Candidate
  readonly options: LoadOptions
}

/** A proven model, or why this device was passed over. */
async function* tryDevice(
  bundle: Bundle,
  variant: VariantName,
  { candidate, options }: Attempt,
): AsyncGenerator<OpenedPart, LoadedModel | string> {
  const { device, reason } = candidate
  const model = yield* openModel(bundle, variant, { ...options, device })
  let kept = false
  try {
    yield { device, fraction: 1 }
    const report = await runGolden(model)
    if (!(report.diff <= report.limit)) {
      const message = `${device} gives ${report.where} ${report.diff.toPrecision(2)} off (limit ${report.limit})`
      if (device !== 'cpu') return message
      throw new RealignError('model-mismatch', `${bundle.manifest.name}: ${message}`, {
        hint: 'The weights and the manifest do not belong together; export the bundle again.',
      })
    }
    const slower = candidate.mustBeatCpu
      ? yield* slowerThanCpu(model, bundle, { variant, options })
      : null
    if (slower !== null) return slower
    kept = true
    return { model, device: { device, reason, goldenDiff: report.diff } }
  } finally {
    if (!kept) await model.close()
  }
}

/** Why the processor is the better choice, or null when `model` is faster. */
async function* slowerThanCpu(
  model: Model,
  bundle: Bundle,
  { variant, options }: { readonly variant: VariantName; readonly options: LoadOptions },
): AsyncGenerator<OpenedPart, string | null> {
  const here = await stepMs(model)
  const cpu = yield* openModel(bundle, variant, { ...options, device: 'cpu' })
  const there = await stepMs(cpu)
  await cpu.close()
  return here < there
    ? null
    : `${model.device} takes ${here.toFixed(1)} ms a step, cpu ${there.toFixed(1)}`
}

/** Fastest of three decode steps of one row, after one to warm up. */
async function stepMs({ captioner }: Model): Promise<number> {
  if (!captioner) return 0
  const { rule, decoder } = captioner
  const visual = new Float32Array(rule.visualTokens * rule.decoder.hidden)
  const prefix = await computePrefix(decoder, rule, visual)
  const times: number[] = []
  for (let turn = 0; turn < 4; turn++) {
    const start = performance.now()
    await runDecoder(decoder, {
      ids: [[rule.ids.eos]],
      counts: [1],
      past: pastOf(prefix),
    })
    times.push(performance.now() - start)
  }
  return Math.min(...times.slice(1))
}
