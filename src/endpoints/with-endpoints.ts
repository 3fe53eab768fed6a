/** The engine with captioners behind an address beside its own: they caption, and tell nothing else. */
import type { CaptionEngine, PictureReader } from '../core/ports.ts'
import { isEndpoint } from '../shared/endpoint-names.ts'
import type { EndpointSummary } from '../shared/endpoint.ts'
import { RealignError } from '../shared/errors.ts'
import type { BundleSummary } from '../shared/types.ts'
import { isLocal, originOf } from './address.ts'
import { askChat } from './ask.ts'
import { captionByEndpoint } from './caption.ts'
import type { DefinedEndpoint, RefusedEndpoint } from './definitions.ts'
import type { Endpoints } from './endpoints.ts'
import { createGate, type Gate } from './gate.ts'
import { endingOf, type Key } from './keys.ts'
import { testEndpoint } from './self-test.ts'

type Engine = CaptionEngine & PictureReader

export interface EndpointParts {
  readonly endpoints: Endpoints
  /** Whether this workspace may send anything to this origin. */
  readonly mayAsk: (origin: string) => boolean
  readonly now: () => Date
  /** Left out, over the network. */
  readonly ask?: typeof askChat
}

const NOTHING: BundleSummary = {
  ...{ id: '', name: '', version: '', roles: ['captioner'], bundleSha256: '0'.repeat(64) },
  ...{ sizeBytes: 0, variants: ['endpoint'], altSlot: null, imageSize: 0, resize: 'whole' },
  ...{ encoderSha256: '', licence: '', note: '', state: 'found', problem: null, device: null },
}

const keyFacts = (key: Key | null): EndpointSummary['key'] =>
  key
    ? { state: 'set', ending: endingOf(key), kept: key.kept }
    : { state: 'none', ending: null, kept: null }

const refusedSummary = ({ id, problem }: RefusedEndpoint): BundleSummary => ({
  ...NOTHING,
  ...{ id, name: id, state: 'refused', problem },
})

async function summaryOf(parts: EndpointParts, endpoint: DefinedEndpoint): Promise<BundleSummary> {
  const { id, definition, sha256 } = endpoint
  const origin = originOf(definition.url)
  const test = parts.endpoints.testOf(endpoint)
  return {
    ...NOTHING,
    ...{ id, name: definition.name, version: definition.model, bundleSha256: sha256 },
    ...{ imageSize: definition.maxSide, note: definition.note, licence: `as ${origin} says` },
    state: test?.readsImage ? 'ready' : 'found',
    endpoint: {
      ...{
        definition,
        origin,
        local: isLocal(definition.url),
        allowed: parts.mayAsk(origin),
        test,
      },
      key: keyFacts(await parts.endpoints.keyOf(endpoint)),
    },
  }
}

const untold = (what: string): RealignError =>
  new RealignError('unavailable', `An endpoint tells no ${what}`, {
    hint: 'Caption the image with a captioner of this machine for that.',
  })

/** The same engine where there are none. Everything that is no endpoint's goes to it as before. */
export function withEndpoints(engine: Engine, parts: EndpointParts): Engine {
  const { endpoints, mayAsk, now, ask = askChat } = parts
  const gates = new Map<string, Gate>()
  const gateOf = ({ id, definition: { parallel } }: DefinedEndpoint): Gate => {
    const key = `${id} ${parallel}`
    const gate = gates.get(key) ?? createGate(parallel)
    gates.set(key, gate)
    return gate
  }
  /** The one place that lets anything out. Fails with 'not-found', 'model-mismatch' or 'forbidden'. */
  const open = async (id: string) => {
    const endpoint = await endpoints.find(id)
    const origin = originOf(endpoint.definition.url)
    if (!mayAsk(origin))
      throw new RealignError('forbidden', `This workspace may not send anything to ${origin}`, {
        hint: 'Allow it in Models, or with `realign endpoints allow`: pictures and alt-texts would leave this program.',
      })
    return { endpoint, key: (await endpoints.keyOf(endpoint))?.value ?? null, now, ask }
  }
  return {
    ...engine,
    async bundles() {
      const [own, defined] = await Promise.all([engine.bundles(), endpoints.list()])
      const theirs = defined.map((one) =>
        'definition' in one ? summaryOf(parts, one) : Promise.resolve(refusedSummary(one)),
      )
      return [...own, ...(await Promise.all(theirs))]
    },
    async check(id, signal) {
      if (!isEndpoint(id)) return engine.check(id, signal)
      const opened = await open(id)
      const test = await testEndpoint(opened, signal ?? new AbortController().signal)
      endpoints.keepTest(opened.endpoint, test)
      return summaryOf(parts, opened.endpoint)
    },
    async *caption(job, signal) {
      if (!isEndpoint(job.captionerId)) return yield* engine.caption(job, signal)
      const opened = await open(job.captionerId)
      const png: Engine['png'] = (bytes, maxSide, within) => engine.png(bytes, maxSide, within)
      let model
      const gate = gateOf(opened.endpoint)
      for await (const event of captionByEndpoint({ ...opened, png, gate }, job, signal)) {
        if (event.kind === 'caption') ({ model } = event)
        yield event
      }
      if (!model) throw new RealignError('endpoint-failed', 'No caption came')
      return { model }
    },
    async rowsTogether(id) {
      if (isEndpoint(id)) return (await endpoints.find(id)).definition.parallel
      return engine.rowsTogether?.(id) ?? 1
    },
    async force(job, signal) {
      if (isEndpoint(job.captionerId)) throw untold('token probabilities')
      return engine.force(job, signal)
    },
    async asSeen(id, bytes, resize) {
      if (!isEndpoint(id)) return engine.asSeen(id, bytes, resize)
      return engine.png(bytes, (await endpoints.find(id)).definition.maxSide)
    },
    async countAltTokens(id, altText) {
      if (isEndpoint(id)) throw untold('tokens')
      return engine.countAltTokens(id, altText)
    },
    async tokenTexts(id, tokenIds) {
      if (isEndpoint(id)) throw untold('tokens')
      return engine.tokenTexts(id, tokenIds)
    },
  }
}
