// The definition of what a photograph shows, on pictures painted for the purpose.

import { describe, expect, it } from 'vitest'
import { dominantColour, pixelColour } from '../../src/core/evaluation/photo-colour.ts'
import { PHOTO_SIDE, readPhotoTruth } from '../../src/core/evaluation/photo-truth.ts'
import type { Box } from '../../src/core/evaluation/photo-truth.ts'

type Paint = readonly [number, number, number]

function painted(ground: Paint, thing: Paint, box: Box): Uint8Array {
  const rgb = new Uint8Array(PHOTO_SIDE * PHOTO_SIDE * 3)
  for (let y = 0; y < PHOTO_SIDE; y++) {
    for (let x = 0; x < PHOTO_SIDE; x++) {
      const inside = x >= box.x0 && x <= box.x1 && y >= box.y0 && y <= box.y1
      rgb.set(inside ? thing : ground, (y * PHOTO_SIDE + x) * 3)
    }
  }
  return rgb
}

const RED: Paint = [200, 20, 20]
const BLUE: Paint = [40, 90, 220]

describe('photo truth', () => {
  it('names plain colours', () => {
    expect(pixelColour(0, 0, 0)).toBe('black')
    expect(pixelColour(250, 250, 250)).toBe('white')
    expect(pixelColour(128, 128, 128)).toBe('grey')
    expect(pixelColour(...RED)).toBe('red')
    expect(pixelColour(...BLUE)).toBe('blue')
    expect(pixelColour(250, 150, 20)).toBe('orange')
    expect(pixelColour(250, 240, 30)).toBe('yellow')
    expect(pixelColour(110, 80, 50)).toBe('brown')
    expect(pixelColour(40, 160, 60)).toBe('green')
    expect(pixelColour(240, 140, 170)).toBe('pink')
  })

  it('reads a small red thing in the upper left against blue', () => {
    const box = { x0: 2, y0: 2, x1: 22, y1: 20 }
    const truth = readPhotoTruth(painted(BLUE, RED, box), box)
    expect(truth.size).toEqual({ word: 'small', sure: true })
    expect(truth.position).toEqual({ word: 'in the upper left', sure: true })
    expect(truth.colour).toEqual({ word: 'red', sure: true })
    expect(truth.background).toEqual({ word: 'blue', sure: true })
    expect(truth.medium.word).toBe('colour')
  })

  it('gives a close-up neither position nor background', () => {
    const box = { x0: 0, y0: 0, x1: 63, y1: 63 }
    const truth = readPhotoTruth(painted(BLUE, RED, box), box)
    expect(truth.size).toEqual({ word: 'close-up', sure: true })
    expect(truth.position).toBeUndefined()
    expect(truth.background).toBeUndefined()
  })

  it('knows a black-and-white, dark picture', () => {
    const box = { x0: 10, y0: 10, x1: 40, y1: 40 }
    const truth = readPhotoTruth(painted([20, 20, 20], [60, 60, 60], box), box)
    expect(truth.medium).toEqual({ word: 'black and white', sure: true })
    expect(truth.light).toEqual({ word: 'dark', sure: true })
  })

  it('is unsure between two colours of equal share, and silent about a handful of pixels', () => {
    const half = painted(RED, BLUE, { x0: 0, y0: 0, x1: 31, y1: 63 })
    expect(dominantColour(half, PHOTO_SIDE, () => true)?.sure).toBe(false)
    expect(dominantColour(half, PHOTO_SIDE, (x, y) => x < 3 && y < 3)).toBeUndefined()
  })
})
