/** Whether a captioner writes the manifest's greedy tokens: all parts together, which the golden step looks at apart. */
import { RealignError } from '../../shared/errors.ts'
import { DEFAULT_SETTINGS } from '../../shared/types.ts'
import { generate } from '../generate/loop.ts'
import { goldenPrefix } from './golden.ts'
import { makeAltSlot } from '../text/alt-slot.ts'
import type { Model } from './model.ts'

/**
 * Only fp32 on the processor must agree (models/README.md): elsewhere two tokens that are nearly as likely may change
 * places. It takes as long as writing the captions, so loading leaves it out. @throws RealignError model-mismatch
 */
export async function checkGoldenTokens(model: Model, signal: AbortSignal): Promise<void> {
  const { captioner, variant, device, bundle } = model
  if (!captioner || variant !== 'fp32' || device !== 'cpu') return
  const { rule, decoder, tokenizer } = captioner
  const cases = bundle.manifest.golden.cases.flatMap(({ altText, variants }) =>
    variants.fp32 ? [{ altText, wanted: variants.fp32.tokens }] : [],
  )
  const prefix = await goldenPrefix(model, captioner)
  const written = cases.map((): number[] => [])
  const input = {
    prompts: cases.map(({ altText }, key) => ({
      ...{ key, seed: 0, forced: [], prefix, slot: makeAltSlot(tokenizer.encode(altText), rule) },
    })),
    rule: { ...DEFAULT_SETTINGS, greedy: true },
    eos: rule.ids.eos,
    maxNewTokens: Math.max(1, ...cases.map(({ wanted }) => wanted.length)),
  }
  const loop = { decoder, batch: Math.max(1, cases.length) }
  for await (const { key, id } of generate(loop, input, signal)) written[key]?.push(id)
  cases.forEach(({ altText, wanted }, at) => {
    const got = (written[at] ?? []).slice(0, wanted.length)
    if (got.join() !== wanted.join())
      throw new RealignError(
        'model-mismatch',
        `After ${JSON.stringify(altText)} it writes the tokens ${got.join(' ')}, the manifest says ${wanted.join(' ')}`,
        { hint: 'The files of this bundle do not belong together; export it again.' },
      )
  })
}
