/** The coach-built bodies: tourer, roadster, landaulet and brougham. */
import { light, mix } from '../colour.ts'
import { ell, tube } from '../geometry.ts'
import {
  panel,
  trim,
  bonnet,
  BRASS,
  CANVAS,
  chassis,
  coachLines,
  fender,
  lamp,
  part,
  running,
  seat,
  steering,
  wheel,
  window,
  windscreen,
  type Sketch,
} from './car-parts.ts'
import { outline } from './outline.ts'

export const drawTourer = (sketch: Sketch): void => {
  const { pen, c } = sketch
  chassis(sketch)
  seat(sketch, -76, 4, 26)
  seat(sketch, -18, 4, 24)
  steering(sketch, 6, -14)
  part(sketch, '-66,-18 -84,-27 -101,-24 -106,-14 -98,-6 -82,-8 -68,-10', {
    fill: CANVAS,
    edge: 0.9,
    shade: 0.5,
    tone: 0.7,
  })
  pen.strokes(['-70,-15 -86,-20 -102,-16', '-72,-12 -88,-14 -102,-11'].map(outline), {
    w: 1,
    color: light(CANVAS, 0.5),
    op: 0.8,
  })
  windscreen(sketch, '25,-6! 15,-40! 19,-41! 30,-6!')
  bonnet(sketch, 30, -4)
  part(
    sketch,
    '30,-5! 20,-9 10,-5 2,1 -12,1! -18,-6 -32,-6 -40,1 -58,1! -68,-10 -88,-12 -95,-2 -92,20 -86,32! 30,32!',
    { fill: c.base, ...panel },
  )
  coachLines(sketch, ['4,3 4,30', '-16,4 -17,30', '-40,4 -41,30', '-60,4 -62,28'])
  pen.stroke(outline('-90,10 -40,11 30,9'), { w: 1, color: c.pale, taper: [1, 1] })
  pen.spots([ell(-12, 14, 2.2, 1.2, 0, 6), ell(-56, 14, 2.2, 1.2, 0, 6)], { fill: BRASS })
  running(sketch, [-62, 64, 21])
  lamp(sketch, 97, 10)
}

export const drawRoadster = (sketch: Sketch): void => {
  const { pen, c } = sketch
  part(sketch, '-80,30! 92,30! 92,36! -80,36!', {
    fill: '#3d3733',
    edge: 0.7,
    shade: 0.2,
    hatch: false,
    tone: 0.9,
  })
  seat(sketch, -22, 14, 22)
  steering(sketch, -2, -2)
  windscreen(sketch, '16,4! 7,-17! 10,-18! 20,3!')
  bonnet(sketch, 20, 5)
  part(sketch, '20,4! 12,4 4,8 -2,17 -20,17! -28,8 -40,6 -66,10 -90,18 -106,29! -86,33 20,33!', {
    fill: c.base,
    ...panel,
  })
  for (const x of [30, 42, 54])
    pen.shape(
      tube(
        [
          [x, 14],
          [x + 2, 28],
          [x - 10, 38],
          [x - 22, 41],
        ],
        [3.6, 3.6],
        4,
      ),
      { fill: '#c9c4ba', ...trim, smooth: false, tone: 0.1 },
    )
  pen.shape(
    tube(
      [
        [30, 42],
        [-30, 44],
        [-100, 42],
      ],
      [5, 4],
      3,
    ),
    { fill: '#c9c4ba', ...trim, smooth: false, tone: 0.1 },
  )
  coachLines(sketch, ['2,18 2,31', '-18,19 -19,31', '56,6 57,31'])
  pen.stroke(outline('-96,25 -40,17 -22,20 20,14'), { w: 1, color: c.pale, taper: [0.5, 1] })
  for (const x of [-62, 66]) {
    wheel(sketch, [x, 40, 22], 18)
    fender(sketch, `${x + 24},30 ${x + 14},16 ${x},13 ${x - 16},18 ${x - 26},32`, 5)
  }
  wheel(sketch, [-40, 14, 15], 14)
  lamp(sketch, 98, 16)
}

export const drawLandaulet = (sketch: Sketch): void => {
  const { pen, c } = sketch
  chassis(sketch)
  bonnet(sketch, 44, -4)
  part(sketch, '-50,-62! 46,-58 54,-52! 46,-8! -50,-8!', {
    fill: mix(c.base, c.dark, 0.25),
    ...panel,
  })
  part(sketch, '-46,-63 -70,-63 -88,-54 -97,-30 -97,-8! -46,-8!', {
    fill: CANVAS,
    edge: 1,
    shade: 0.6,
    tone: 0.7,
  })
  pen.strokes(
    ['-52,-60 -56,-34 -54,-10', '-68,-62 -76,-36 -74,-10', '-84,-56 -92,-34 -88,-10'].map(outline),
    { w: 1, color: light(CANVAS, 0.35), op: 0.8 },
  )
  pen.stroke(outline('-50,-14 -66,-20 -64,-36 -80,-46'), {
    w: 2.4,
    color: BRASS,
    taper: [0.8, 0.8],
  })
  window(sketch, [-42, -53, -8, -12])
  window(sketch, [0, -51, 38, -12])
  part(sketch, '44,-8! 44,32! -86,32! -96,14 -97,-9!', { fill: c.base, ...panel })
  coachLines(sketch, ['-2,-8 -2,30', '-44,-8 -46,30', '40,-6 40,30'])
  pen.stroke(outline('-95,4 -40,5 44,4'), { w: 1.1, color: c.pale, taper: [1, 1] })
  pen.spots([ell(-7, 9, 2.6, 1.3, 0, 6), ell(6, 9, 2.6, 1.3, 0, 6)], { fill: BRASS })
  running(sketch, [-64, 66, 21])
  lamp(sketch, 97, 10)
}

export const drawBrougham = (sketch: Sketch): void => {
  const { pen, c } = sketch
  chassis(sketch)
  steering(sketch, 18, -18)
  seat(sketch, 0, 6, 24)
  bonnet(sketch, 42, 2)
  part(sketch, '42,0! 34,-14! 30,-12 30,14 4,14! -12,6! -12,32! 42,32!', { fill: c.base, ...panel })
  part(sketch, '-10,-66! -10,30! -78,32! -92,20 -99,-10 -98,-58 -92,-66!', {
    fill: c.base,
    ...panel,
  })
  part(sketch, '-100,-64! -94,-71 -54,-74 -12,-71 4,-64!', {
    fill: mix(c.base, c.dark, 0.6),
    edge: 0.9,
    shade: 0.4,
    tone: 0.8,
  })
  window(sketch, [-52, -56, -18, -14])
  window(sketch, [-90, -56, -62, -18])
  coachLines(sketch, ['-56,-60 -57,-10 -60,28', '-14,-60 -14,28'])
  pen.stroke(outline('-97,-6 -60,-7 -11,-7'), { w: 1.1, color: c.pale, taper: [1, 1] })
  pen.spots([ell(-22, 0, 2.6, 1.3, 0, 6)], { fill: BRASS })
  part(sketch, '-9,-42! -1,-44! 0,-28! -3,-24 -8,-26!', { fill: '#f2dfa2', ...trim, tone: 0 })
  running(sketch, [-64, 66, 21])
  lamp(sketch, 97, 14)
}
