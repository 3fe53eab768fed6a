/** Alt-text as the web writes it: the concept inside file names, prices, dates and credits. */

export type Random = () => number

export const pick = <T>(from: readonly T[], random: Random): T | undefined =>
  from[Math.floor(random() * from.length)]

const digits = (count: number, random: Random): string =>
  Array.from({ length: count }, () => Math.floor(random() * 10)).join('')

const PIECES: readonly ((random: Random) => string)[] = [
  (random) => `IMG_${digits(4, random)}.jpg`,
  (random) => `DSC0${digits(4, random)}`,
  (random) => `$${1 + Math.floor(random() * 90)}.${digits(2, random)}`,
  (random) =>
    `${1990 + Math.floor(random() * 30)}-0${1 + Math.floor(random() * 9)}-1${digits(1, random)}`,
  () => 'free shipping',
  () => 'photo by J. Smith',
  () => 'click to enlarge',
  (random) => `stock photo #${digits(5, random)}`,
]

export interface NoisyAlt {
  readonly altText: string
  /** None of these may come back in the caption. */
  readonly noise: readonly string[]
}

/** `concept` inside one or two pieces of noise, joined as alt-texts are or simply side by side. */
export function noisyAlt(concept: string, random: Random): NoisyAlt {
  const noise = [pick(PIECES, random)?.(random) ?? '', pick(PIECES, random)?.(random) ?? '']
  const [before = '', after = ''] = noise
  const shapes = [
    `${before}; ${concept}; ${after}`,
    `${concept} ${after}`,
    `${before} ${concept}`,
    `${concept} - ${before}`,
  ]
  const altText = pick(shapes, random) ?? concept
  return { altText, noise: noise.filter((piece) => altText.includes(piece)) }
}
