/** Which device runs a bundle, in which order to try, and why: a pure choice that people can read. */

export interface Candidate {
  readonly device: string
  readonly reason: string
  /** Kept only when a decode step is faster than on the processor. */
  readonly mustBeatCpu: boolean
}

export interface DeviceQuestion {
  /** What the runtime was built for. */
  readonly listed: readonly string[]
  /** REALIGN_DEVICE, or undefined for automatic. */
  readonly wanted: string | undefined
  readonly modelBytes: number
  /** Set after the engine died while loading, to start again without risk. */
  readonly cpuOnlyBecause: string | undefined
}

const GRAPHICS = ['cuda', 'dml', 'coreml', 'webgpu'] as const
/** Below this the processor wins: a step is over before the cache has crossed to another device. */
const SMALL_MODEL_BYTES = 200e6

/** Devices to try in order; the last one is always cpu. */
export function deviceCandidates(question: DeviceQuestion): readonly Candidate[] {
  const { listed, wanted, modelBytes, cpuOnlyBecause } = question
  const cpu = (reason: string): Candidate => ({ device: 'cpu', reason, mustBeatCpu: false })
  if (wanted === 'cpu') return [cpu('chosen by REALIGN_DEVICE')]
  if (cpuOnlyBecause !== undefined) return [cpu(cpuOnlyBecause)]
  if (wanted !== undefined && wanted !== '')
    return listed.includes(wanted)
      ? [
          { device: wanted, reason: 'chosen by REALIGN_DEVICE', mustBeatCpu: false },
          cpu('the processor always works'),
        ]
      : [cpu(`REALIGN_DEVICE asks for ${wanted}, this runtime has ${listed.join(', ')}`)]
  if (modelBytes < SMALL_MODEL_BYTES)
    return [cpu(`fastest for a small model (${Math.ceil(modelBytes / 1e6)} MB)`)]
  const graphics = GRAPHICS.filter((device) => listed.includes(device))
  return [
    ...graphics.map((device) => ({ device, reason: 'found on this machine', mustBeatCpu: true })),
    cpu(graphics.length === 0 ? 'the only device of this runtime' : 'the processor always works'),
  ]
}
