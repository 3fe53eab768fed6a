/** From the choices in the dialog to what the workbench is asked. */
import { isMeasured, isOfRows, useExport, type ExportState, type Request } from './export-store.ts'
import { numbersFault } from './whole-numbers.ts'
import { useScopes, type ScopeChoice } from './scopes.ts'

export interface Chosen {
  readonly scopes: readonly ScopeChoice[]
  readonly request: Request
  /** Why it cannot be made; null when it can. */
  readonly blocked: string | null
}

function shapeOf({ what, growth, shape, mixStrategy }: ExportState): Request['shape'] {
  if (what === 'statistics' && growth) return 'growth'
  return what === 'mix' && mixStrategy !== null ? 'texts' : shape
}

const mixOf = ({ mixCaptions, mixTop, mixShare, mixStrategy }: ExportState): Request['mix'] => ({
  ...(mixCaptions && { captions: mixCaptions }),
  ...{ top: mixTop, share: mixShare / 100 },
  ...(mixStrategy && { strategy: mixStrategy }),
})

/** The request for the moment. */
export function useChosen(): Chosen {
  const scopes = useScopes()
  const state = useExport()
  const { what, format, baseline, base, fragment, bom, samples, altKinds, sampleImages } = state
  const { randomImages, randomSeed } = state
  const shape = shapeOf(state)
  const scope = scopes.find((one) => one.scope === state.scope)
  const name = (state.name ?? scope?.name ?? '').trim() || 'table'
  return {
    scopes,
    blocked: scope ? (scope.blocked ?? numbersFault(state)) : 'nothing is chosen',
    request: {
      ...{ what, format, shape, baseline, fragment, bom, name },
      references: isMeasured(state) ? [...state.references] : [],
      ...(isOfRows(what) && base && { base }),
      ...(what === 'mix' && { mix: mixOf(state) }),
      ...(what === 'statistics' && sampleImages !== null && { statistics: { sampleImages } }),
      selection: {
        ...scope?.selection,
        samples: what === 'data' ? samples : 'first',
        ...(randomImages !== null &&
          state.scope !== 'image' && {
            random: { images: randomImages, seed: randomSeed ?? undefined },
          }),
        ...(altKinds && altKinds.length > 0 && { altKinds: [...altKinds] }),
      },
    },
  }
}
