/** Choosing a bundle: the first that can do the work, or words for why the one asked for cannot. */
import { describe, expect, test } from 'vitest'
import { chooseBundle, defaultBundle } from '../../src/core/models/choose-bundle.ts'
import { FAKE_CAPTIONER, FAKE_SCORER } from '../support/fake-engine.ts'

const refused = {
  ...FAKE_CAPTIONER,
  id: 'bad',
  state: 'refused',
  problem: 'vision.onnx is missing',
} as const

describe('chooseBundle', () => {
  test('skips what was refused and what cannot do the work', () => {
    const bundles = [refused, FAKE_SCORER, FAKE_CAPTIONER]
    expect(chooseBundle(bundles, 'captioner', undefined)).toBe(FAKE_CAPTIONER)
    expect(defaultBundle(bundles, 'scorer')).toBe(FAKE_SCORER.id)
    expect(defaultBundle([refused], 'captioner')).toBeNull()
  })

  test.each([
    ['captioner', 'nobody', 'model-missing', 'nobody'],
    ['captioner', undefined, 'model-missing', 'captioner'],
    ['captioner', 'bad', 'model-mismatch', 'vision.onnx'],
    ['captioner', FAKE_SCORER.id, 'bad-input', 'no captioner'],
  ] as const)('%s %s is refused as %s', (role, id, code, words) => {
    const error = (() => {
      try {
        return chooseBundle([refused, FAKE_SCORER], role, id)
      } catch (caught) {
        return caught
      }
    })()
    expect(error).toMatchObject({ code, message: expect.stringContaining(words) })
    expect((error as { hint?: string }).hint).toBeTruthy()
  })
})
