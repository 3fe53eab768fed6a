/** Why an engine process ended, as an error a person can act on. Pure. */
import type { WireError } from '../shared/errors.ts'

export interface Ending {
  readonly code: number | null
  readonly signal: string | null
  /** What it was doing, e.g. 'loading Built-in captioner', or null. */
  readonly doing: string | null
}

const NEXT = 'Everything finished before is kept. Start the comparison again.'

/** A process that the system ends with SIGKILL, and that we did not, has nearly always run out of memory. */
export function describeEnding({ code, signal, doing }: Ending): WireError {
  const during = doing === null ? '' : ` while ${doing}`
  if (signal === 'SIGKILL' || code === 137 || code === 9)
    return {
      code: 'out-of-memory',
      message: `The system ended the engine${during}, most likely for lack of memory`,
      hint: `Close other programs, or choose a smaller variant. ${NEXT}`,
    }
  const how = signal ?? (code === null ? 'no reason given' : `exit code ${code}`)
  return {
    code: 'engine-crashed',
    message: `The engine ended unexpectedly${during} (${how})`,
    hint: doing?.startsWith('loading')
      ? `If it happens again, take this bundle away. ${NEXT}`
      : NEXT,
  }
}

export const describeSilence = (seconds: number, doing: string | null): WireError => ({
  code: 'engine-timeout',
  message: `The engine gave no sign for ${seconds} seconds${doing === null ? '' : ` while ${doing}`} and was ended`,
  hint: `Try a smaller image set or another device. ${NEXT}`,
})
