/** The bundles of this machine: found by folder, verified and loaded at first use, kept while used. */
import { totalmem } from 'node:os'
import type { CaptionEvent } from '../../core/ports.ts'
import { RealignError, throwIfAborted } from '../../shared/errors.ts'
import type { VariantName } from '../../shared/manifest.ts'
import { relay } from '../../shared/relay.ts'
import type { BundleSummary, DeviceChoice } from '../../shared/types.ts'
import type { Tokenizer } from '../text/tokenizer.ts'
import { bundleBytes, encoderSha256, findBundles, verifyFile, verifyFiles } from './bundle.ts'
import type { Bundle, Found } from './bundle.ts'
import { checkGoldenTokens } from './golden-tokens.ts'
import { loadModel, type LoadedModel, type LoadOptions } from './load.ts'
import { chooseVariant, readTokenizer, variantNames, type Model } from './model.ts'
import { givingWay, heldBytes, type Held } from './room.ts'

/** Models take half of the memory at most: the graphs that run, pictures and other programs need the rest. */
const MODEL_BYTES = totalmem() / 2

type Loading = Extract<CaptionEvent, { kind: 'loading' }>

export interface Shelf {
  list(): Promise<readonly BundleSummary[]>
  /** @throws RealignError model-missing, or why the bundle was refused */
  find(id: string): Promise<Bundle>
  tokenizer(bundle: Bundle, file: string): Promise<Tokenizer>
  /** The variant that scores: a loaded one whose encoders are those of the bundle's own, or that itself. */
  scoring(bundle: Bundle): VariantName
  /** Where it is loaded, compares the files with the manifest again, which `open` does otherwise. */
  verify(id: string, signal?: AbortSignal): Promise<void>
  /** Also lets a loaded captioner write its golden captions, which loading leaves out for time. */
  prove(model: Model, signal: AbortSignal): Promise<void>
  /** Verifies, loads and proves a model, unless it is loaded already. */
  open(id: string, variant: string, signal?: AbortSignal): AsyncGenerator<Loading, LoadedModel>
  summary(bundle: Bundle): BundleSummary
  close(): Promise<void>
}

const keyOf = (bundle: Bundle, variant: VariantName): string => `${bundle.bundleSha256}:${variant}`

export interface ShelfOptions extends LoadOptions {
  /** True while a model must not be closed. */
  readonly inUse: (model: Model) => boolean
}

export function createShelf(folders: readonly string[], options: ShelfOptions): Shelf {
  const loaded = new Map<string, LoadedModel & { readonly held: Held }>()
  const devices = new Map<string, DeviceChoice>()
  const refusals = new Map<string, string>()
  const tokenizers = new Map<string, Tokenizer>()

  const find = async (id: string): Promise<Bundle> => {
    const all = await findBundles(folders)
    const found = all.find((one) => one.id === id)
    if (found?.kind === 'bundle') return found.bundle
    if (found)
      throw new RealignError('model-mismatch', `${id} was refused: ${found.problem}`, {
        hint: 'Copy the bundle again, or export it as models/README.md describes.',
      })
    const known = all.map((one) => one.id).join(', ') || 'none'
    throw new RealignError('model-missing', `There is no bundle named ${id}`, {
      hint: `Bundles found: ${known}. Put its folder beside them and try again.`,
    })
  }

  const load = async function* (
    bundle: Bundle,
    variant: string,
    signal: AbortSignal | undefined,
  ): AsyncGenerator<Loading, LoadedModel> {
    const chosen = chooseVariant(bundle.manifest, variant)
    const key = keyOf(bundle, chosen)
    const kept = loaded.get(key)
    if (kept) {
      loaded.delete(key)
      loaded.set(key, kept) // used last
      return kept
    }
    const { name } = bundle.manifest
    for await (const fraction of verifyFiles(bundle, signal))
      yield {
        kind: 'loading',
        phase: `loading ${name}: checking its files`,
        fraction: fraction * 0.4,
      }
    const held = { key, bundleSha256: bundle.bundleSha256, bytes: heldBytes(bundle, chosen) }
    const all = [...loaded.values()].map((one) => one.held)
    for (const gone of givingWay(all, held, MODEL_BYTES)) {
      const { model } = loaded.get(gone) ?? {}
      if (!model || options.inUse(model)) continue
      loaded.delete(gone)
      await model.close()
    }
    const fresh = yield* relay(
      loadModel(bundle, chosen, options),
      ({ device, fraction }): Loading => {
        throwIfAborted(signal)
        return {
          kind: 'loading',
          phase: `loading ${name} on ${device}`,
          fraction: 0.4 + fraction * 0.5,
        }
      },
    )
    loaded.set(key, { ...fresh, held })
    devices.set(bundle.bundleSha256, fresh.device)
    yield { kind: 'loading', phase: `${name} is ready`, fraction: 1 }
    return fresh
  }

  const noteRefusal = (bundle: Bundle, error: unknown): unknown => {
    if (error instanceof RealignError && error.code.startsWith('model-'))
      refusals.set(bundle.bundleSha256, error.message)
    return error
  }

  const summary = (bundle: Bundle): BundleSummary => ({
    ...describe(bundle),
    state: refusals.has(bundle.bundleSha256)
      ? 'refused'
      : devices.has(bundle.bundleSha256)
        ? 'ready'
        : 'found',
    problem: refusals.get(bundle.bundleSha256) ?? null,
    device: devices.get(bundle.bundleSha256) ?? null,
  })

  return {
    find,
    summary,
    scoring(bundle) {
      const { variants, defaultVariant: own } = bundle.manifest
      const same = (one: VariantName) =>
        variants[one]?.vision === variants[own]?.vision &&
        variants[one]?.text === variants[own]?.text
      const ready = variantNames(bundle.manifest).filter((one) => loaded.has(keyOf(bundle, one)))
      return ready.includes(own) ? own : (ready.find(same) ?? own)
    },
    async list() {
      return (await findBundles(folders)).map((found) =>
        found.kind === 'bundle' ? summary(found.bundle) : refusedSummary(found),
      )
    },
    async tokenizer(bundle, file) {
      const facts = bundle.manifest.files.find((one) => one.path === file)
      if (!facts) throw new RealignError('model-mismatch', `${file} is not listed`)
      const kept = tokenizers.get(facts.sha256)
      if (kept) return kept
      await verifyFile(bundle.folder, facts)
      const fresh = await readTokenizer(bundle, file)
      tokenizers.set(facts.sha256, fresh)
      return fresh
    },
    async verify(id, signal) {
      const bundle = await find(id)
      if (!loaded.has(keyOf(bundle, bundle.manifest.defaultVariant))) return
      try {
        const work = verifyFiles(bundle, signal)
        while (!(await work.next()).done);
      } catch (error) {
        throw noteRefusal(bundle, error)
      }
    },
    prove: (model, signal) =>
      checkGoldenTokens(model, signal).catch((error: unknown) => {
        throw noteRefusal(model.bundle, error)
      }),
    async *open(id, variant, signal) {
      const bundle = await find(id)
      try {
        const model = yield* load(bundle, variant, signal)
        refusals.delete(bundle.bundleSha256)
        return model
      } catch (error) {
        throw noteRefusal(bundle, error)
      }
    },
    async close() {
      for (const { model } of loaded.values()) await model.close()
      loaded.clear()
    },
  }
}

function describe(bundle: Bundle): Omit<BundleSummary, 'state' | 'problem' | 'device'> {
  const { manifest, bundleSha256 } = bundle
  return {
    id: manifest.id,
    name: manifest.name,
    version: String(manifest.version),
    roles: [
      ...(manifest.captioner ? (['captioner'] as const) : []),
      ...(manifest.scorer ? (['scorer'] as const) : []),
    ],
    bundleSha256,
    sizeBytes: bundleBytes(bundle),
    variants: [...variantNames(manifest)],
    altSlot: manifest.captioner?.altSlot.length ?? null,
    imageSize: manifest.image.size,
    resize: manifest.image.resize,
    encoderSha256: encoderSha256(bundle),
    licence: manifest.licence,
    note: manifest.description,
  }
}

/** A folder whose manifest cannot be read still shows in the list, with its reason. */
const refusedSummary = (found: Extract<Found, { kind: 'refused' }>): BundleSummary => ({
  id: found.id,
  name: found.id,
  version: '',
  roles: [],
  bundleSha256: '0'.repeat(64),
  sizeBytes: 0,
  variants: [],
  altSlot: null,
  imageSize: 0,
  resize: '',
  encoderSha256: '',
  licence: '',
  note: '',
  state: 'refused',
  problem: found.problem,
  device: null,
})
