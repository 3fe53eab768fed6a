// Reads which visible attributes a caption of the built-in captioner states about a photograph.

import { COLOURS } from './photo-colour.ts'
import type { Colour } from './photo-colour.ts'
import type { PhotoTruth } from './photo-truth.ts'

/** Words a caption states; undefined where it is silent. */
export interface StatedAttributes {
  readonly size: string | undefined
  readonly position: string | undefined
  readonly colour: string | undefined
  readonly background: string | undefined
  readonly medium: 'colour' | 'black and white'
  readonly light: 'dark' | 'bright' | 'ordinary'
}

const POSITION =
  /\b(in the (?:upper|lower) (?:left|right)|in the centre|on the (?:left|right)|near the (?:top|bottom))\b/

/** Attributes stated after the first sentence (the head names things, and names hold colours too). */
export function readStated(caption: string): StatedAttributes {
  const end = caption.indexOf('. ')
  const tail = end < 0 ? '' : caption.slice(end + 2)
  const background = /against an? (\w+) background/.exec(tail)?.[1]
  const thing = tail.split(/, against an? /)[0] ?? ''
  const size = /fills the frame/.test(thing) ? 'close-up' : /\b(large|small)\b/.exec(thing)?.[1]
  return {
    size,
    position: POSITION.exec(thing)?.[1],
    colour: COLOURS.find((colour: Colour) => new RegExp(`\\b${colour}\\b`).test(thing)),
    background,
    medium: /^a black and white/i.test(caption) ? 'black and white' : 'colour',
    light: /picture is dark/.test(tail)
      ? 'dark'
      : /picture is bright/.test(tail)
        ? 'bright'
        : 'ordinary',
  }
}

/**
 * Right and judged attributes of a caption: size, position, colour, background, where the truth is
 * sure. Colours are not judged on black-and-white photographs. A silent caption is wrong.
 */
export function judgeAttributes(
  caption: string,
  truth: PhotoTruth,
): { readonly right: number; readonly judged: number } {
  const stated = readStated(caption)
  const coloured = truth.medium.word === 'colour'
  const pairs = [
    { reading: truth.size, word: stated.size },
    { reading: truth.position, word: stated.position },
    { reading: coloured ? truth.colour : undefined, word: stated.colour },
    { reading: coloured ? truth.background : undefined, word: stated.background },
  ].filter(({ reading }) => reading?.sure === true)
  return {
    judged: pairs.length,
    right: pairs.filter(({ reading, word }) => reading?.word === word).length,
  }
}
