/** What is asked of an endpoint for one caption, and what of its reply is the caption. */
import { ALT_PLACE } from '../shared/endpoint-names.ts'
import type { EndpointDefinition } from '../shared/endpoint.ts'
import type { AskLimits } from './watch.ts'
import type { GenerationSettings } from '../shared/types.ts'

/** Where settings name none: the paper's captions have 83 words in the mean, at most. */
const MOST_TOKENS = 512

/** Without alt-text the prompt that speaks of none. Whatever the alt-text holds, it stands there as it is. */
export const promptFor = (
  { prompt, promptWithout }: Pick<EndpointDefinition, 'prompt' | 'promptWithout'>,
  altText: string,
): string => (altText === '' ? promptWithout : prompt.split(ALT_PLACE).join(altText))

export const readsAlt = ({ prompt }: Pick<EndpointDefinition, 'prompt'>): boolean =>
  prompt.includes(ALT_PLACE)

/** Sampling as the API names it (there is no top-k), then the definition's own fields; null leaves one out. */
export function parametersFor(
  { body }: Pick<EndpointDefinition, 'body'>,
  settings: GenerationSettings,
  seed: number,
): EndpointDefinition['body'] {
  const { greedy, temperature, topP, maxNewTokens } = settings
  const all = {
    temperature: greedy ? 0 : temperature,
    top_p: greedy ? 1 : topP,
    seed,
    max_tokens: maxNewTokens ?? MOST_TOKENS,
    ...body,
  }
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== null))
}

/** A server of this machine may be loading its model and say nothing; another one is gone by then. */
const SILENCE_MS = 60_000

export const limitsFor = (
  { seconds }: Pick<EndpointDefinition, 'seconds'>,
  local: boolean,
): Pick<AskLimits, 'wholeMs' | 'silenceMs'> => {
  const wholeMs = 1000 * seconds
  return { wholeMs, silenceMs: local ? wholeMs : Math.min(SILENCE_MS, wholeMs) }
}

/** Control characters say nothing in a caption, and some would end a line of an export. */
const CONTROLS = /[\p{Cc}\u2028\u2029]+/gu

/** Some servers put what the model thinks into the reply itself; it is no caption. */
const THOUGHTS = /^\s*<think>[\s\S]*?(?:<\/think>\s*|$)/

/** The caption in a reply: without thoughts, on one line. */
export const captionIn = (reply: string): string =>
  reply.replace(THOUGHTS, '').toWellFormed().replace(CONTROLS, ' ').replace(/ {2,}/g, ' ').trim()
