/** Field-guide pictures as PNG: the drawing is pure, the engine's process turns it into pixels. */
import { drawPicture, setMember, type PictureTruth } from '../fieldguide/picture.ts'

/** PNG bytes of one of our own drawings, `size` pixels square. */
export type RenderDrawing = (svg: string, size: number) => Promise<Uint8Array>

export interface DrawnPicture {
  readonly file: string
  readonly png: Uint8Array
  readonly truth: PictureTruth
}

export interface PictureSet {
  readonly seed: string
  readonly count: number
  /** Side in pixels. */
  readonly size: number
  readonly families?: readonly string[]
}

/** The members of a set, in order; the same seed gives the same bytes. */
export async function* drawPictures(
  { seed: setSeed, count, size, families }: PictureSet,
  render: RenderDrawing,
): AsyncGenerator<DrawnPicture> {
  for (let i = 0; i < count; i++) {
    const { seed, file } = setMember(setSeed, i)
    const { svg, truth } = drawPicture(seed, { size, file, ...(families && { families }) })
    yield { file, png: await render(svg, size), truth }
  }
}
