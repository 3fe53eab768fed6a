/** Numbers and times as they stand on the screen. */
import { shownDifference, shownNumber } from '../shared/numbers.ts'

const count = new Intl.NumberFormat('en')
const day = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short' })

export const formatCount = (value: number): string => count.format(value)

/** `1 image`, `2 images`. */
export const plural = (value: number, word: string): string =>
  `${formatCount(value)} ${word}${value === 1 ? '' : 's'}`

export const formatScore = (value: number): string => shownNumber(value, 1)

/** Signed, with a true minus: `+1.8`, `−0.3`. */
export function formatDifference(value: number): string {
  const text = shownDifference(value, 1)
  return text === '0.0' ? '±0.0' : text
}

export function formatBytes(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`
  const units = ['kB', 'MB', 'GB']
  let value = bytes / 1000
  let unit = 0
  for (; value >= 1000 && unit < units.length - 1; unit++) value /= 1000
  return `${value < 10 ? value.toFixed(1) : Math.round(value)} ${units[unit]}`
}

export function formatSeconds(seconds: number): string {
  if (seconds < 10) return `${seconds.toFixed(1)} s`
  if (seconds < 90) return `${Math.round(seconds)} s`
  if (seconds < 5400) return `${Math.round(seconds / 60)} min`
  return `${(seconds / 3600).toFixed(1)} h`
}

export function formatWhen(iso: string): string {
  const when = new Date(iso)
  return Number.isNaN(when.getTime()) ? iso : day.format(when)
}

/** Probability as a paper prints it: `.96`, `.002`, `<.001`. */
export function formatProbability(p: number): string {
  if (p >= 0.995) return '1.0'
  if (p < 0.0005) return '<.001'
  return p.toFixed(p < 0.095 ? 3 : 2).replace(/^0/, '')
}

const DEVICES: Readonly<Record<string, string>> = {
  cpu: 'CPU',
  webgpu: 'WebGPU',
  cuda: 'CUDA',
  dml: 'DirectML',
  coreml: 'Core ML',
}
export const deviceName = (device: string): string => DEVICES[device] ?? device

/** A long name with its middle left out: what tells names apart, or says where one is from, is often their end. */
export function shortened(text: string, most: number): string {
  if (text.length <= most) return text
  const signs = [...new Intl.Segmenter().segment(text)].map(({ segment }) => segment)
  if (signs.length <= most) return text
  const end = Math.floor(most * 0.4)
  return `${signs.slice(0, most - end - 1).join('')}…${signs.slice(-end).join('')}`
}

/** First and last digits of a hash; the whole stands in the title. */
export const shortHash = (hash: string): string => `${hash.slice(0, 8)}…${hash.slice(-4)}`
