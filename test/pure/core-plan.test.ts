/** Planning a comparison: what counts as the same computation, and seeds that are the same everywhere. */
import { describe, expect, test } from 'vitest'
import { planComparison } from '../../src/core/comparisons/plan-comparison.ts'
import { sampleSeed } from '../../src/core/comparisons/sample-seed.ts'
import { DEFAULT_SETTINGS } from '../../src/shared/types.ts'

const bundle = { id: 'c', bundleSha256: 'b'.repeat(64), resize: 'squash' }
const condition = (text: string, altKind: 'free' | 'empty' | 'class-name' = 'free') => ({
  altKind,
  text,
})
const request = (texts: readonly string[], more = {}) => ({
  conditions: texts.map((text) => condition(text)),
  seed: 7,
  samples: 1,
  settings: DEFAULT_SETTINGS,
  ...more,
})

describe('sampleSeed', () => {
  // The same values come from the formula written down in Python.
  test('sample 0 is the seed itself; further ones are fixed for ever', () => {
    expect([0, 1, 2, 3].map((n) => sampleSeed(7, n))).toEqual([
      7, 588686121, 1937383562, 4286812467,
    ])
  })

  test('no two of 64 samples of 200 seeds meet, and all are 32-bit', () => {
    const seeds = new Set<number>()
    for (let seed = 0; seed < 200; seed++)
      for (let n = 0; n < 64; n++) seeds.add(sampleSeed(seed * 7919, n))
    expect(seeds.size).toBe(200 * 64)
    expect([...seeds].every((one) => one >= 0 && one <= 0xffffffff)).toBe(true)
  })
})

describe('planComparison', () => {
  test('equal alt-texts are computed once and shown in both places', () => {
    const plan = planComparison('i', request(['conch', 'conch', 'shell']), bundle)
    expect(plan.map(({ identity }) => identity.altText)).toEqual(['conch', 'shell'])
    expect(plan[0]?.places.map(({ condition: index }) => index)).toEqual([0, 1])
  })

  test('each condition has as many samples as asked for, the first with the seed itself', () => {
    const plan = planComparison('i', request(['', 'conch'], { samples: 3 }), bundle)
    expect(plan).toHaveLength(6)
    expect(new Set(plan.map(({ key }) => key)).size).toBe(6)
    expect(plan.filter(({ identity }) => identity.seed === 7)).toHaveLength(2)
  })

  test('greedy has no samples to draw: all fold into the first', () => {
    const greedy = { settings: { ...DEFAULT_SETTINGS, greedy: true }, samples: 4 }
    const plan = planComparison('i', request(['conch'], greedy), bundle)
    expect(plan).toHaveLength(1)
    expect(plan[0]?.places.map(({ sample }) => sample)).toEqual([0, 1, 2, 3])
  })

  test("the bundle's own resize and the same one by name are one cell", () => {
    const [byRule] = planComparison('i', request(['conch']), bundle)
    const [byName] = planComparison(
      'i',
      request(['conch'], { settings: { ...DEFAULT_SETTINGS, resize: 'squash' } }),
      bundle,
    )
    expect(byRule?.identity).toEqual(byName?.identity)
  })

  test('broken characters are replaced, and the plan says so', () => {
    const [cell] = planComparison('i', request(['owl \ud800']), bundle)
    expect(cell?.identity.altText).toBe('owl \ufffd')
    expect(cell?.notes).toEqual([expect.stringContaining('lone surrogates')])
  })
})
