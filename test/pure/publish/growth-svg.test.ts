/** The growth curves as a figure: every row's line with its name, apart, told without colour, and text as text alone. */
import { describe, expect, test } from 'vitest'
import type { Statistics } from '../../../src/core/publish/statistics/figures.ts'
import { growthSvg } from '../../../src/core/publish/statistics/growth-svg.ts'
import { growthSizes } from '../../../src/core/text-statistics/equal-sample.ts'
import { HOSTILE } from '../../support/hostile-strings.ts'

const row = (captionerId: string | null, images: number, times = 1) => ({
  ...{ captionerId, altKind: 'own' },
  vocabulary:
    images === 0
      ? null
      : {
          growth: growthSizes(images).map((captions) => ({
            ...{ captions, words: captions * 10 },
            ...{ types: captions * times, trigrams: captions * 2 * times },
          })),
        },
})
const drawn = (rows: readonly ReturnType<typeof row>[], names = new Map<string, string>()) =>
  growthSvg({ rows, sample: { images: 20, asked: false } } as unknown as Statistics, {
    ...{ names, appVersion: '1.2.3' },
  })
const textsOf = (svg: string) =>
  [...svg.matchAll(/<text x="([\d.-]+)" y="([\d.-]+)"[^>]*>([^<]*)<\/text>/g)].map(
    ([, x, y, words = '']) => ({ x: Number(x), y: Number(y), words }),
  )

test('each row has a line in either panel, with its name at the end; a row without a sample is told below', () => {
  const svg = drawn([row(null, 20, 3), row('builtin', 20), row('late', 0)])
  const words = textsOf(svg).map((one) => one.words)
  for (const name of ['the alt-text itself', 'builtin (own)'])
    expect(words.filter((one) => one === name)).toHaveLength(2)
  expect(words).toContain('Different words')
  expect(words).toContain('Different trigrams')
  expect(words).toContain('Rows with fewer images have no curve: late (own).')
  expect(words).toContain(
    'The first caption of 20 images of each row, the same ones where rows have them.',
  )
  expect(svg.match(/<g><title>/g)).toHaveLength(4)
})

test('names stand apart and inside the figure, however many lines end at one place', () => {
  const svg = drawn(Array.from({ length: 30 }, (_, at) => row(`c${at}`, 20)))
  const height = Number(/ height="(\d+)"/.exec(svg)?.[1])
  const ys = textsOf(svg)
    .filter(({ words }) => /^c\d+ \(own\)$/.test(words))
    .map(({ y }) => y)
  expect(ys).toHaveLength(60)
  expect(Math.min(...ys)).toBeGreaterThan(0)
  expect(Math.max(...ys)).toBeLessThan(height)
  const sorted = ys.toSorted((a, b) => a - b)
  for (let at = 1; at < sorted.length; at++)
    expect(sorted[at]! - sorted[at - 1]!).toBeGreaterThanOrEqual(14.9)
})

test('twenty curves differ in their marks, dashes and hollows alone', () => {
  const svg = drawn(Array.from({ length: 20 }, (_, at) => row(`c${at}`, 20)))
  const curves = svg.match(/<g><title>.*?<\/g>/gs)?.slice(0, 20) ?? []
  const looks = curves.map((one) => {
    const dash = /stroke-dasharray="([^"]*)"/.exec(one)?.[1] ?? ''
    const mark = /<path d="([^"]*)" transform/.exec(one)?.[1]
    return `${dash} ${mark} ${one.includes('fill="#fff"')}`
  })
  expect(new Set(looks).size).toBe(20)
})

test('a sample of one image is a point', () => {
  const svg = drawn([row('builtin', 1)])
  expect(svg).not.toMatch(/NaN|Infinity/)
})

test('a long name is cut, its kind is not', () => {
  const words = textsOf(drawn([row('builtin', 20)], new Map([['builtin', 'long '.repeat(40)]])))
  expect(words.map((one) => one.words)).toContainEqual(expect.stringMatching(/^long .*… \(own\)$/))
})

describe('no name of a captioner is anything but text', () => {
  test('nothing of it adds an element or an attribute, or is left out of its title', () => {
    const tags = (svg: string) =>
      (svg.match(/<\/?[a-zA-Z]+/g) ?? []).filter((one) => one !== '<text' && one !== '</text')
    const plain = tags(drawn([row('x', 20)], new Map([['x', 'plain']])))
    const wrong = HOSTILE.filter((name) => {
      const svg = drawn([row('x', 20)], new Map([['x', name]]))
      const attributes = /[\s"]on\w+=|href|javascript:/i
      const outside = svg.replace(/>[^<]*</g, '><')
      return (
        JSON.stringify(tags(svg)) !== JSON.stringify(plain) ||
        attributes.test(outside) ||
        /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|&(?!amp;|lt;|gt;|quot;|#39;|#13;)/u.test(
          svg,
        )
      )
    })
    expect(wrong).toEqual([])
  })
})
