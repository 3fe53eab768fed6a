// Measures what a photograph visibly shows (size, place, colours, light), given the object's box.

import { dominantColour } from './photo-colour.ts'
import type { Colour, Reading } from './photo-colour.ts'

/** Side of the photographs in pixels; every measurement below is calibrated for it. */
export const PHOTO_SIDE = 64

/** Object box in pixels, both corners inside the object. */
export interface Box {
  readonly x0: number
  readonly y0: number
  readonly x1: number
  readonly y1: number
}

export type Size = 'close-up' | 'large' | 'small'
export type Position =
  | 'in the centre'
  | 'on the left'
  | 'on the right'
  | 'near the top'
  | 'near the bottom'
  | 'in the upper left'
  | 'in the upper right'
  | 'in the lower left'
  | 'in the lower right'
export type Light = 'dark' | 'bright' | 'ordinary'

/**
 * Visible attributes. A caption states the words; only those that are `sure` are judged. Position is
 * undefined for a close-up, background where the object leaves less than 12 % of the frame.
 */
export interface PhotoTruth {
  readonly size: Reading<Size>
  readonly position: Reading<Position> | undefined
  readonly colour: Reading<Colour> | undefined
  readonly background: Reading<Colour> | undefined
  readonly medium: Reading<'colour' | 'black and white'>
  readonly focus: Reading<'sharp' | 'blurry'>
  readonly light: Reading<Light>
}

const CLOSE_UP = 0.72
const LARGE = 0.38
const BACKGROUND_SHARE = 0.12

/** Attributes of a 64x64 RGB photograph (12,288 bytes, rows from the top). */
export function readPhotoTruth(rgb: Uint8Array, box: Box): PhotoTruth {
  const width = (box.x1 - box.x0 + 1) / PHOTO_SIDE
  const height = (box.y1 - box.y0 + 1) / PHOTO_SIDE
  const size = readSize(width * height)
  const inBox = (x: number, y: number): boolean =>
    x >= box.x0 && x <= box.x1 && y >= box.y0 && y <= box.y1
  return {
    size,
    position: size.word === 'close-up' ? undefined : readPosition(box),
    colour: dominantColour(rgb, PHOTO_SIDE, ellipse(box)),
    background:
      1 - width * height < BACKGROUND_SHARE
        ? undefined
        : dominantColour(rgb, PHOTO_SIDE, (x, y) => !inBox(x, y)),
    ...readPicture(rgb),
  }
}

function readSize(area: number): Reading<Size> {
  if (area >= CLOSE_UP) return { word: 'close-up', sure: area >= 0.8 }
  if (area >= LARGE) return { word: 'large', sure: area >= 0.46 && area <= 0.62 }
  return { word: 'small', sure: area <= 0.26 }
}

/** The middle of the object, the frame split at 40/60 % across and 38/64 % down. */
function readPosition(box: Box): Reading<Position> {
  const across = (box.x0 + box.x1 + 1) / 2 / PHOTO_SIDE
  const down = (box.y0 + box.y1 + 1) / 2 / PHOTO_SIDE
  const side = across < 0.4 ? 'left' : across > 0.6 ? 'right' : ''
  const level = down < 0.38 ? 'upper' : down > 0.64 ? 'lower' : ''
  const near = [across - 0.4, across - 0.6, down - 0.38, down - 0.64]
  const sure = near.every((distance) => Math.abs(distance) >= 0.05)
  return { word: POSITIONS[`${level}/${side}`] ?? 'in the centre', sure }
}

const POSITIONS: Readonly<Record<string, Position>> = {
  '/left': 'on the left',
  '/right': 'on the right',
  'upper/': 'near the top',
  'lower/': 'near the bottom',
  'upper/left': 'in the upper left',
  'upper/right': 'in the upper right',
  'lower/left': 'in the lower left',
  'lower/right': 'in the lower right',
}

/** The ellipse inside the box, at 90 % of its axes: leaves out most corners, which are background. */
function ellipse(box: Box): (x: number, y: number) => boolean {
  const cx = (box.x0 + box.x1) / 2
  const cy = (box.y0 + box.y1) / 2
  const rx = Math.max(1, ((box.x1 - box.x0 + 1) / 2) * 0.9)
  const ry = Math.max(1, ((box.y1 - box.y0 + 1) / 2) * 0.9)
  return (x, y) => ((x - cx) / rx) ** 2 + ((y - cy) / ry) ** 2 <= 1
}

type Picture = Pick<PhotoTruth, 'medium' | 'focus' | 'light'>

/** Whole-picture readings: mean chroma, mean luma, and the mean step between neighbouring pixels. */
function readPicture(rgb: Uint8Array): Picture {
  const pixels = PHOTO_SIDE * PHOTO_SIDE
  const luma = new Float32Array(pixels)
  let chroma = 0
  let light = 0
  for (let i = 0; i < pixels; i++) {
    const [r, g, b] = [rgb[i * 3] ?? 0, rgb[i * 3 + 1] ?? 0, rgb[i * 3 + 2] ?? 0]
    luma[i] = 0.299 * r + 0.587 * g + 0.114 * b
    chroma += (Math.max(r, g, b) - Math.min(r, g, b)) / pixels
    light += (luma[i] ?? 0) / pixels
  }
  const steps = meanStep(luma)
  return {
    medium: { word: chroma < 4 ? 'black and white' : 'colour', sure: chroma < 2.5 || chroma > 12 },
    focus: { word: steps < 5 ? 'blurry' : 'sharp', sure: steps < 4 || steps > 8 },
    light: {
      word: light < 70 ? 'dark' : light > 170 ? 'bright' : 'ordinary',
      sure: Math.abs(light - 70) > 10 && Math.abs(light - 170) > 10,
    },
  }
}

function meanStep(luma: Float32Array): number {
  let sum = 0
  for (let y = 0; y < PHOTO_SIDE; y++) {
    for (let x = 1; x < PHOTO_SIDE; x++) {
      const i = y * PHOTO_SIDE + x
      sum += Math.abs((luma[i] ?? 0) - (luma[i - 1] ?? 0))
      if (y > 0) sum += Math.abs((luma[i] ?? 0) - (luma[i - PHOTO_SIDE] ?? 0))
    }
  }
  return sum / (2 * PHOTO_SIDE * (PHOTO_SIDE - 1))
}
