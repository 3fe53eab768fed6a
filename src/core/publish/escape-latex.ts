/** Text for LaTeX: every special by rule, what pdfTeX has no letter for by a declared macro. */
import { visibleLine } from './visible.ts'

const SPECIALS: Readonly<Record<string, string>> = {
  '\\': '\\textbackslash{}',
  '{': '\\{',
  '}': '\\}',
  $: '\\$',
  '&': '\\&',
  '#': '\\#',
  '%': '\\%',
  _: '\\_',
  '^': '\\textasciicircum{}',
  '~': '\\textasciitilde{}',
  '"': '\\textquotedbl{}',
  "'": '\\textquotesingle{}',
  '`': '\\textasciigrave{}',
  '<': '\\textless{}',
  '>': '\\textgreater{}',
  '|': '\\textbar{}',
  // In braces: after a line end LaTeX would read [ and * as options, and -- or ,, become one sign.
  '-': '{-}',
  '[': '{[}',
  ']': '{]}',
  '*': '{*}',
  ',': '{,}',
  '!': '{!}',
  '?': '{?}',
  // As in a formula: T1 has no minus.
  '\u2212': '$-$',
  '\u00a0': '~',
  '\u00ad': '\\-',
}

/** Letters of the T1 encoding that utf8 input declares (t1enc.dfu), and the common quotes and dashes. */
const IN_T1 =
  /^[\u00a1-\u00ac\u00ae-\u00b7\u00b9-\u0125\u0128-\u0137\u0139-\u013e\u0141-\u0148\u014a-\u0165\u0168-\u017e\u2013\u2014\u2018-\u201a\u201c-\u201e\u2020-\u2022\u2026\u2030\u2039\u203a\u20ac\u2122]$/u

function letter(character: string): string {
  const special = SPECIALS[character]
  if (special !== undefined) return special
  const code = character.codePointAt(0) ?? 0
  if ((code >= 0x20 && code < 0x7f) || IN_T1.test(character)) return character
  return `\\realignchar{${code.toString(16).toUpperCase().padStart(4, '0')}}`
}

/** TeX breaks no word by itself where it has no hyphen to put. */
const LONGEST_UNBROKEN = 24
/** These break anywhere, and as code points each is as wide as eight letters; other scripts join their letters. */
const BREAKS_ANYWHERE = /[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Hang}]/u
const widthOf = (character: string): number => (BREAKS_ANYWHERE.test(character) ? 8 : 1)

/**
 * One line of LaTeX that prints as `text`. Printable ASCII and the letters of T1 come out equal; others
 * come out of XeLaTeX and LuaLaTeX where their font has them, and read [U+4E2D] elsewhere. Composed first (NFC).
 */
export function escapeLatex(text: string): string {
  let unbroken = 0
  let out = ''
  for (const character of visibleLine(text).normalize('NFC')) {
    unbroken = character === ' ' ? 0 : unbroken + widthOf(character)
    if (unbroken > LONGEST_UNBROKEN) {
      out += '\\allowbreak{}'
      unbroken = widthOf(character)
    }
    out += letter(character)
  }
  return out
}

const BACK: ReadonlyMap<string, string> = new Map(
  Object.entries(SPECIALS).map(([sign, tex]) => [tex.replace(/\{\}$/, ''), sign]),
)

/** What one token of escapeLatex prints: a command, or text without commands. Commands that only dress print nothing. */
export function fromLatex(token: string): string {
  const [, code] = /^\\realignchar\{([0-9A-F]{1,6})\}/.exec(token) ?? []
  if (code !== undefined && parseInt(code, 16) <= 0x10ffff)
    return String.fromCodePoint(parseInt(code, 16))
  if (token.startsWith('\\')) return BACK.get(token.trimEnd()) ?? ''
  return token.replaceAll('$-$', '\u2212').replace(/[{}$]/g, '').replaceAll('~', '\u00a0')
}
