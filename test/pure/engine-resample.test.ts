/** The square of the model is that of Pillow and torchvision, pixel for pixel: values computed there (Pillow 11.1). */
import { expect, test } from 'vitest'
import type { SquareRule } from '../../src/engine/image/preprocess.ts'
import { resampleToSquare, type Raster } from '../../src/engine/image/resample.ts'

function pattern(width: number, height: number): Raster {
  const data = new Uint8Array(width * height * 3)
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++)
      for (let c = 0; c < 3; c++)
        data[(y * width + x) * 3 + c] = x * 37 + y * 91 + c * 53 + ((x * y) % 17) * 11
  return { data, width, height }
}

type Case = [number, number, number, SquareRule['resize'], SquareRule['kernel'], readonly number[]]

test.each<Case>([
  [
    23,
    17,
    3,
    'squash',
    'cubic',
    [
      123, 125, 130, 130, 116, 132, 132, 119, 120, 130, 112, 141, 127, 115, 130, 136, 118, 131, 143,
      133, 131, 131, 143, 148, 124, 137, 122,
    ],
  ],
  [
    23,
    17,
    3,
    'centre-crop',
    'cubic',
    [
      125, 132, 127, 121, 111, 138, 139, 121, 123, 131, 114, 143, 127, 110, 135, 129, 120, 125, 142,
      137, 123, 141, 137, 155, 124, 143, 135,
    ],
  ],
  [
    9,
    40,
    3,
    'centre-crop',
    'cubic',
    [
      110, 158, 121, 150, 141, 104, 101, 120, 148, 137, 149, 115, 135, 133, 127, 120, 130, 132, 145,
      121, 153, 127, 135, 142, 134, 103, 135,
    ],
  ],
  [
    2,
    3,
    3,
    'squash',
    'cubic',
    [
      0, 51, 104, 19, 72, 125, 39, 92, 145, 88, 141, 194, 115, 168, 221, 142, 195, 248, 178, 248,
      28, 212, 137, 62, 245, 25, 95,
    ],
  ],
  [23, 17, 2, 'squash', 'linear', [126, 118, 134, 133, 118, 126, 136, 126, 138, 128, 131, 131]],
  [23, 17, 2, 'squash', 'lanczos3', [124, 117, 134, 134, 116, 125, 136, 128, 139, 128, 131, 132]],
  [23, 17, 2, 'centre-crop', 'nearest', [70, 123, 176, 225, 22, 75, 96, 149, 202, 185, 238, 35]],
])('%i x %i to %i, %s, %s', (width, height, size, resize, kernel, wanted) => {
  expect([...resampleToSquare(pattern(width, height), { size, resize, kernel })]).toEqual(wanted)
})

test('a picture of the right size stays as it is', () => {
  const picture = pattern(5, 5)
  for (const resize of ['squash', 'centre-crop'] as const)
    expect(resampleToSquare(picture, { size: 5, resize, kernel: 'cubic' })).toEqual(picture.data)
})

test('the middle of a line of pixels is cut out without making the whole strip', () => {
  const line = pattern(30_000, 1)
  const square = resampleToSquare(line, { size: 64, resize: 'centre-crop', kernel: 'cubic' })
  expect(square.length).toBe(64 * 64 * 3)
  expect(square.subarray(0, 192)).toEqual(square.subarray(-192))
})
