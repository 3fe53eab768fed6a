/** Pictures of every kind end as upright pixels with notes, or as a refusal with a reason (FAULTS 3.1). */
import { execFile } from 'node:child_process'
import path from 'node:path'
import { promisify } from 'node:util'
import sharp from 'sharp'
import { describe, expect, test } from 'vitest'
import { thumbnailType } from '../../src/core/images/thumbnail-type.ts'
import { decodeSquare, readHeader, renderSvg } from '../../src/engine/image/decode.ts'
import { displayPicture, inspectPicture } from '../../src/engine/image/inspect.ts'
import type { SquareRule } from '../../src/engine/image/preprocess.ts'

const SQUASH: SquareRule = { size: 8, resize: 'squash', kernel: 'cubic' }

/** Red top left, green top right, blue bottom left, white bottom right. */
function quadrants(width = 32, height = 32): Buffer {
  const rgb = Buffer.alloc(width * height * 3)
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const [left, top] = [x < width / 2, y < height / 2]
      const colour = top ? (left ? [255, 0, 0] : [0, 255, 0]) : left ? [0, 0, 255] : [255, 255, 255]
      rgb.set(colour, (y * width + x) * 3)
    }
  return rgb
}
const picture = (width = 32, height = 32) =>
  sharp(quadrants(width, height), { raw: { width, height, channels: 3 } })

const CORNERS = [0, 7, 56, 63]
const cornersOf = (rgb: Uint8Array) => CORNERS.map((at) => [...rgb.subarray(at * 3, at * 3 + 3)])
const PLAIN = [
  [255, 0, 0],
  [0, 255, 0],
  [0, 0, 255],
  [255, 255, 255],
]
const near = (got: readonly number[][], wanted: readonly number[][], by: number) =>
  got.forEach((colour, at) =>
    colour.forEach((value, channel) =>
      expect(Math.abs(value - (wanted[at]?.[channel] ?? NaN))).toBeLessThanOrEqual(by),
    ),
  )

describe('what the model reads', () => {
  test.each(['png', 'webp', 'tiff', 'gif'] as const)(
    '%s without loss gives the same corners',
    async (format) => {
      const bytes = await picture().toFormat(format, { lossless: true }).toBuffer()
      near(cornersOf(await decodeSquare(bytes, SQUASH)), PLAIN, 2)
    },
  )

  test('all eight EXIF orientations come out upright', async () => {
    const last = 31
    // Which pixel of the upright picture a camera with this tag stores at (x, y).
    const stored: readonly ((x: number, y: number) => readonly [x: number, y: number])[] = [
      (x, y) => [x, y],
      (x, y) => [last - x, y],
      (x, y) => [last - x, last - y],
      (x, y) => [x, last - y],
      (x, y) => [y, x],
      (x, y) => [last - y, x],
      (x, y) => [last - y, last - x],
      (x, y) => [y, last - x],
    ]
    const upright = quadrants()
    for (const [at, from] of stored.entries()) {
      const turned = Buffer.alloc(upright.length)
      for (let y = 0; y <= last; y++)
        for (let x = 0; x <= last; x++) {
          const [fromX, fromY] = from(x, y)
          const start = (fromY * 32 + fromX) * 3
          turned.set(upright.subarray(start, start + 3), (y * 32 + x) * 3)
        }
      const bytes = await sharp(turned, { raw: { width: 32, height: 32, channels: 3 } })
        .withMetadata({ orientation: at + 1 })
        .jpeg({ quality: 100, chromaSubsampling: '4:4:4' })
        .toBuffer()
      near(cornersOf(await decodeSquare(bytes, SQUASH)), PLAIN, 8)
      const { notes } = await inspectPicture(bytes, 'a.jpg')
      expect(notes.some((note) => note.includes('upright'))).toBe(at > 0)
    }
  })

  test('squash keeps the whole picture, centre-crop the middle', async () => {
    const wide = await sharp({
      create: { width: 90, height: 30, channels: 3, background: 'white' },
    })
      .composite([
        {
          input: { create: { width: 30, height: 30, channels: 3, background: 'black' } },
          left: 0,
          top: 0,
        },
      ])
      .png()
      .toBuffer()
    const [squashed] = cornersOf(await decodeSquare(wide, SQUASH))
    const [cropped] = cornersOf(await decodeSquare(wide, { ...SQUASH, resize: 'centre-crop' }))
    near(
      [squashed ?? [], cropped ?? []],
      [
        [0, 0, 0],
        [255, 255, 255],
      ],
      30,
    )
  })

  test('a large JPEG is read whole before it is made smaller', async () => {
    const speckled = Buffer.alloc(1600 * 1200 * 3)
    let state = 1
    for (let at = 0; at < speckled.length; at++)
      speckled[at] = (state = (state * 16807) % 2147483647) >> 8
    const raw = { width: 1600, height: 1200, channels: 3 } as const
    const jpeg = await sharp(speckled, { raw }).jpeg({ quality: 90 }).toBuffer()
    const png = await sharp(jpeg).png({ compressionLevel: 1 }).toBuffer()
    for (const resize of ['squash', 'centre-crop'] as const) {
      const rule = { size: 64, resize, kernel: 'cubic' } as const
      expect(await decodeSquare(jpeg, rule)).toEqual(await decodeSquare(png, rule))
    }
  })

  test('transparency is laid on white, grey and 16 bit become 8-bit sRGB, CMYK is converted', async () => {
    const clear = await sharp({
      create: { width: 9, height: 9, channels: 4, background: { r: 0, g: 0, b: 0, alpha: 0 } },
    })
      .png()
      .toBuffer()
    near(cornersOf(await decodeSquare(clear, SQUASH)), Array(4).fill([255, 255, 255]), 0)
    expect((await inspectPicture(clear, 'a.png')).notes).toContain('alpha channel laid on white')
    const grey = await picture().toColourspace('b-w').png().toBuffer()
    expect((await decodeSquare(grey, SQUASH)).length).toBe(8 * 8 * 3)
    expect((await inspectPicture(grey, 'a.png')).notes).toContain('grey shown as sRGB')
    const deep = await picture().toColourspace('rgb16').png().toBuffer()
    near(cornersOf(await decodeSquare(deep, SQUASH)), PLAIN, 2)
    expect((await inspectPicture(deep, 'a.png')).notes.join()).toMatch(/reduced to 8 bits/)
    const cmyk = await picture().toColourspace('cmyk').jpeg().toBuffer()
    expect((await decodeSquare(cmyk, SQUASH)).length).toBe(8 * 8 * 3)
    expect((await inspectPicture(cmyk, 'a.jpg')).notes).toContain('CMYK converted to sRGB')
  })
})

describe('notes', () => {
  test('a wrong name, several frames, an extreme shape', async () => {
    const png = await picture().png().toBuffer()
    expect((await inspectPicture(png, 'owl.jpg')).notes).toEqual([
      'extension says jpg, content is png',
    ])
    expect((await inspectPicture(png, 'owl')).notes).toEqual(['no extension, content is png'])
    expect((await inspectPicture(png, 'owl.PNG')).notes).toEqual([])
    const frame = await picture().png().toBuffer()
    const other = await picture().negate().png().toBuffer()
    const frames = await sharp([frame, other], { join: { animated: true } })
      .gif()
      .toBuffer()
    expect((await inspectPicture(frames, 'a.gif')).notes).toContain('frame 1 of 2')
    const line = await picture(2000, 3).png().toBuffer()
    expect(thumbnailType((await inspectPicture(line, 'a.png')).thumbnail)).toBe('image/webp')
    expect((await inspectPicture(line, 'a.png')).notes).toContain('aspect over 20 : 1')
  })

  test('size is that of the upright picture; display copies carry no metadata', async () => {
    const bytes = await picture(60, 20)
      .withExif({ IFD0: { Artist: 'A. Person' }, IFD3: { GPSLatitude: '51/1 30/1 0/1' } })
      .withMetadata({ orientation: 6 })
      .jpeg()
      .toBuffer()
    const { width, height, thumbnail, format } = await inspectPicture(bytes, 'a.jpg')
    expect([width, height, format]).toEqual([20, 60, 'jpeg'])
    const copies = [thumbnail, await displayPicture(bytes, 30)]
    expect(copies.map(thumbnailType)).toEqual(['image/jpeg', 'image/webp'])
    for (const copy of copies) {
      const metadata = await sharp(copy).metadata()
      expect(`image/${metadata.format}`).toBe(thumbnailType(copy))
      expect([metadata.exif, metadata.icc, metadata.xmp, metadata.orientation]).toEqual([
        undefined,
        undefined,
        undefined,
        undefined,
      ])
    }
    const small = await sharp(await displayPicture(bytes, 30)).metadata()
    expect([small.width, small.height]).toEqual([10, 30])
  })
})

describe('refusals', () => {
  const svg =
    '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9"/></svg>'
  test.each([
    ['an empty file', '', /empty/],
    ['text', 'just words', /plain text/],
    ['a web page', '<!doctype html><p>hi', /web page/],
    ['a drawing', svg, /SVG/],
    ['a drawing with a picture before it', `\xff\xd8\xff${svg}`, /damaged|reads as/],
    ['a PDF', '%PDF-1.7', /PDF/],
    ['an archive', 'PK\x03\x04zzzz', /ZIP/],
    ['a Windows bitmap', `BM${'\0'.repeat(12)}\x28\0\0\0`, /a BMP picture, which is not read/],
    ['a picture of a phone', '\0\0\0\x18ftypheic\0\0\0\0mif1heic', /a HEIC picture/],
    ['moving pictures', '\0\0\0\x18ftypavis\0\0\0\0avifmif1', /a moving AVIF/],
    ['a film', '\0\0\0\x18ftypmp42\0\0\0\0mp42isom', /a video/],
    ['JPEG XL', '\xff\x0a\0\0', /a JPEG XL picture/],
    ['a large TIFF', 'II\x2b\0\x08\0\0\0', /a BigTIFF picture/],
    ['a pointer', 'version https://git-lfs.github.com/spec/v1\noid sha256:0', /Git LFS pointer/],
    ["a server's answer", '<?xml version="1.0"?><Error>AccessDenied</Error>', /XML document/],
    ['text in another encoding', '\xff\xfew\0o\0r\0d\0s\0', /plain text/],
    ['nothing known', '\x00\x01\x02', /not a picture/],
    ['a header alone', '\x89PNG\r\n\x1a\n', /damaged/],
  ])('%s', async (_, text, said) => {
    const bytes = Buffer.from(text, 'latin1')
    await expect(inspectPicture(bytes, 'x.jpg')).rejects.toMatchObject({
      code: 'image-unreadable',
      message: expect.stringMatching(said),
      hint: expect.stringMatching(/./),
    })
    await expect(decodeSquare(bytes, SQUASH)).rejects.toMatchObject({ code: 'image-unreadable' })
  })

  test('values without a known white are refused, not made black', async () => {
    const tiff = await picture().toColourspace('scrgb').tiff({ compression: 'none' }).toBuffer()
    expect((await sharp(tiff).metadata()).depth).toBe('float')
    await expect(decodeSquare(tiff, SQUASH)).rejects.toMatchObject({
      message: expect.stringMatching(/float/),
      hint: expect.stringMatching(/16 bits/),
    })
  })

  test('TIFF whose values are YCbCr is refused unless JPEG holds them', async () => {
    const plain = await picture().tiff({ compression: 'none' }).toBuffer()
    const directory = plain.readUInt32LE(4)
    const entries = Array.from(
      { length: plain.readUInt16LE(directory) },
      (_, n) => directory + 2 + 12 * n,
    )
    const photometric = entries.find((at) => plain.readUInt16LE(at) === 262) ?? 0
    expect(plain.readUInt16LE(photometric + 8)).toBe(2)
    plain.writeUInt16LE(6, photometric + 8)
    await expect(decodeSquare(plain, SQUASH)).rejects.toMatchObject({
      code: 'image-unreadable',
      message: expect.stringMatching(/YCbCr/),
    })
    const jpeg = await picture().tiff({ compression: 'jpeg', quality: 100 }).toBuffer()
    near(cornersOf(await decodeSquare(jpeg, SQUASH)), PLAIN, 12)
  })

  test('an AVIF picture that names its family first is read', async () => {
    const bytes = await picture().avif({ lossless: true }).toBuffer()
    bytes.write('mif1', 8)
    expect(bytes.toString('latin1', 16, 32)).toContain('avif')
    expect((await inspectPicture(bytes, 'a.avif')).format).toBe('avif')
  })

  test('what is whole but not read here is not called damaged', async () => {
    const jpeg = await picture().jpeg().toBuffer()
    jpeg[jpeg.indexOf(Buffer.from([0xff, 0xc0])) + 4] = 12 // bits a sample
    await expect(decodeSquare(jpeg, SQUASH)).rejects.toMatchObject({
      message: expect.stringMatching(/uses what is not read here/),
      hint: expect.stringMatching(/Save it as JPEG or PNG/),
    })
  })

  test('a bomb is refused by its header', async () => {
    const bomb = await sharp({
      create: { width: 12_000, height: 12_000, channels: 3, background: 'white' },
      limitInputPixels: false,
    })
      .png({ compressionLevel: 9 })
      .toBuffer()
    expect(bomb.length).toBeLessThan(2e6)
    await expect(readHeader(bomb)).rejects.toMatchObject({
      code: 'image-unreadable',
      message: expect.stringMatching(/64 megapixels/),
    })
  })

  test('a cut-off picture is refused, not half shown', async () => {
    const whole = await picture(400, 400).jpeg().toBuffer()
    const half = whole.subarray(0, whole.length >> 1)
    await expect(decodeSquare(half, SQUASH)).rejects.toMatchObject({
      message: expect.stringMatching(/damaged/),
    })
    await expect(inspectPicture(half, 'a.jpg')).rejects.toMatchObject({ code: 'image-unreadable' })
  })
})

test('our own drawings become PNG of the asked size', async () => {
  const svg =
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 2 2"><rect width="1" height="1" fill="red"/></svg>'
  const png = await renderSvg(svg, 8)
  const { data } = await sharp(png).raw().toBuffer({ resolveWithObject: true })
  near(
    cornersOf(data),
    [
      [255, 0, 0],
      [255, 255, 255],
      [255, 255, 255],
      [255, 255, 255],
    ],
    1,
  )
})

test('2,000 seeded malformed pictures: each decodes or is refused, no crash', async () => {
  const script = path.join(import.meta.dirname, '..', 'support', 'engine-fuzz-images.ts')
  const { stdout } = await promisify(execFile)(process.execPath, [script, '2000'], {
    timeout: 280_000,
  })
  const report = JSON.parse(stdout) as Record<string, number>
  expect(report['tried']).toBe(2000)
  expect(report['other']).toBe(0)
  expect(report['refused']).toBeGreaterThan(500)
  expect(report['read']).toBeGreaterThan(50)
}, 300_000)
