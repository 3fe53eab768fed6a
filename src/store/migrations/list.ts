/** Every step from an empty file to today's schema, in order. Steps are only ever appended. */
import { images } from './0010-images.ts'
import { captions } from './0020-captions.ts'
import { studies } from './0040-studies.ts'
import { grounding } from './0050-grounding.ts'
import { branches } from './0060-branches.ts'
import { annotations } from './0070-annotations.ts'

export interface Step {
  /** Name in the file's own list; sorts by its number. */
  readonly name: string
  readonly statements: readonly string[]
}

export const STEPS: readonly Step[] = [
  { name: '0010-images', statements: images },
  { name: '0020-captions', statements: captions },
  { name: '0040-studies', statements: studies },
  { name: '0050-grounding', statements: grounding },
  { name: '0060-branches', statements: branches },
  { name: '0070-annotations', statements: annotations },
]

/** `user_version` of a file with every step applied: the number of the last step. */
export const SCHEMA_VERSION = versionOf(STEPS.at(-1)!)

export function versionOf(step: Step): number {
  return Number.parseInt(step.name, 10)
}
