/** A drawn picture with known truth: the same seed gives the same bytes. */
import { captionOf, headOf, tailOf, type CaptionFacts, type Head } from './caption.ts'
import { SIDE, layOut, type Layout, type Size } from './layout.ts'
import { mat } from './geometry.ts'
import { Pen, type Medium } from './pen.ts'
import type { Morph, Plate, Species } from './plate.ts'
import { PLATES } from './plates.ts'
import { Rnd } from './random.ts'
import { backgroundsOf, drawFrame, drawSheet, drawSupport, tooClose } from './scene.ts'

export interface SpeciesName {
  readonly id: string
  readonly name: string
  /** '' for things without a Latin name. */
  readonly latin: string
}

/** What is known about a picture; a captioner may be asked for all that can be seen. */
export interface PictureTruth {
  readonly file: string
  readonly seed: string
  readonly family: string
  readonly species: SpeciesName
  /** Whether the species can be told by eye. */
  readonly decidable: boolean
  /** The other species that this picture may as well show. */
  readonly alike: readonly SpeciesName[]
  readonly medium: Medium
  readonly count: number
  /** Null in media without colour. */
  readonly colour: string | null
  readonly pose: string
  readonly position: string
  /** Null for groups. */
  readonly size: Size | null
  readonly background: string
  readonly head: Head
  readonly tail: string
  readonly caption: string
}

export interface Picture {
  readonly svg: string
  readonly truth: PictureTruth
}

export interface PictureOptions {
  /** Width and height in pixels. */
  readonly size?: number
  /** Below 1: fewer marks, for pictures that will be seen small. */
  readonly detail?: number
  /** Only these families. */
  readonly families?: readonly string[]
  readonly file?: string
}

const nameOf = ({ id, name, latin }: Species): SpeciesName => ({ id, name, latin })

/** The species that look like this one in this medium and morph, itself not among them. */
const alikeOf = (plate: Plate, species: Species, colour: string | null): Species[] =>
  plate.species.filter(
    (other) =>
      other.id !== species.id &&
      other.form === species.form &&
      (colour === null || other.morphs.includes(colour)),
  )

const drawThings = (
  pen: Pen,
  plate: Plate,
  options: { species: Species; morph: string; pose: string; layout: Layout; rnd: Rnd },
): void => {
  const { species, morph, pose, layout, rnd } = options
  layout.places.forEach(({ x, y, scale }, i) => {
    const own = rnd.fork(`thing${i}`)
    const lean = plate.ground === 'none' ? own.r(-0.07, 0.07) : 0
    pen.push(mat.move(x, y), mat.scale(scale), mat.rot(lean))
    plate.draw(pen, { form: species.form, morph, pose, rnd: own })
    pen.pop()
  })
}

/** A seed that begins with a family or species and a slash ('owl/7', 'barn-owl/7') shows that. */
const chooseSpecies = (
  seed: string,
  families: readonly string[] | undefined,
  rnd: Rnd,
): { plate: Plate; species: Species } => {
  const wanted = /^(.+)\//.exec(seed)?.[1]
  for (const plate of PLATES) {
    const species = plate.species.find(({ id }) => id === wanted)
    if (species) return { plate, species }
  }
  const allowed =
    wanted !== undefined && PLATES.some(({ family }) => family === wanted) ? [wanted] : families
  const plate = rnd
    .fork('family')
    .pick(allowed ? PLATES.filter(({ family }) => allowed.includes(family)) : PLATES)
  // Forms first, so that pairs of look-alikes do not crowd out what can be told by eye.
  const form = rnd.fork('form').pick([...new Set(plate.species.map((one) => one.form))])
  const species = rnd.fork('species').pick(plate.species.filter((one) => one.form === form))
  return { plate, species }
}

/**
 * Draw the picture of a seed. Every aspect has its own stream of random numbers, so that two
 * species of one form are drawn alike. Pure: SVG text of `size` x `size` pixels, and its truth.
 */
export const drawPicture = (seed: string, options: PictureOptions = {}): Picture => {
  const { size = SIDE, detail = 1, families, file = `${seed}.png` } = options
  const rnd = new Rnd(`fieldguide/${seed}`)
  const { plate, species } = chooseSpecies(seed, families, rnd)
  const morph = rnd.fork('morph').pick(species.morphs)
  const pose = rnd.fork('pose').pick(Object.keys(plate.poses))
  const medium = rnd.fork('medium').weighted<Medium>({ colour: 7, ink: 1.5, woodcut: 1.5 })
  const layout = layOut(plate, pose, rnd.fork('layout'))
  const look = plate.morphs[morph] as Morph
  const tones = backgroundsOf(medium)
  const fitting = Object.keys(tones).filter(
    (word) => medium !== 'colour' || !tooClose(look.base, tones[word] ?? '#ffffff'),
  )
  const background = rnd.fork('background').pick(fitting)
  const colour = medium === 'colour' ? look.word : null

  const pen = new Pen({ medium, seed, detail })
  drawSheet(pen, tones[background] ?? '#ffffff', rnd.fork('sheet'))
  drawSupport(pen, { plate, layout, rnd: rnd.fork('support') })
  drawThings(pen, plate, { species, morph, pose, layout, rnd: rnd.fork('things') })
  if (medium === 'woodcut') drawFrame(pen)
  const svg =
    `<svg xmlns="http://www.w3.org/2000/svg" width="${size}" height="${size}" viewBox="0 0 ${SIDE} ${SIDE}">` +
    `<defs>${pen.defs.join('')}</defs>${pen.out.join('')}</svg>`

  const facts: CaptionFacts = { plate, species, medium, layout, colour, pose, background }
  const alike = alikeOf(plate, species, medium === 'colour' ? morph : null)
  const truth: PictureTruth = {
    file,
    seed,
    family: plate.family,
    species: nameOf(species),
    decidable: alike.length === 0,
    alike: alike.map(nameOf),
    medium,
    count: layout.count,
    colour,
    pose,
    position: layout.position,
    size: layout.size,
    background,
    head: headOf(facts),
    tail: tailOf(facts),
    caption: captionOf(facts),
  }
  return { svg, truth }
}

/** Seed and file name of picture i of a set. */
export const setMember = (setSeed: string, i: number): { seed: string; file: string } => ({
  seed: `${setSeed}-${i}`,
  file: `${String(i).padStart(6, '0')}.png`,
})
