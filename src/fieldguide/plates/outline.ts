/** Outlines written as text: "x,y x,y …", where "!" after a point makes it a corner. */
import type { Point } from '../geometry.ts'

/** The points of a contour or spine in drawing units. */
export const outline = (text: string): Point[] =>
  text
    .trim()
    .split(/\s+/)
    .map((item): Point => {
      const [x = 0, y = 0] = item.replace('!', '').split(',').map(Number)
      return item.endsWith('!') ? [x, y, 1] : [x, y]
    })
