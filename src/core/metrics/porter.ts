/**
 * Porter's stemmer (Porter, "An algorithm for suffix stripping", 1980) with the extensions of nltk's default mode
 * (nltk/stem/porter.py, NLTK_EXTENSIONS), since METEOR's stem stage is compared with nltk's.
 */

/** Irregular forms of nltk's mode. */
const IRREGULAR: ReadonlyMap<string, string> = new Map(
  Object.entries({
    sky: 'sky skies',
    die: 'dying',
    lie: 'lying',
    tie: 'tying',
    news: 'news',
    inning: 'inning innings',
    outing: 'outing outings',
    canning: 'canning cannings',
    howe: 'howe',
    proceed: 'proceed',
    exceed: 'exceed',
    succeed: 'succeed',
  }).flatMap(([stem, forms]) => forms.split(' ').map((form) => [form, stem] as const)),
)

/** "c" for a consonant, "v" for a vowel; "y" is a vowel after a consonant. Everything beyond a to z is a consonant. */
function shape(word: string): string {
  let out = ''
  for (const letter of word) {
    const vowel = 'aeiou'.includes(letter) || (letter === 'y' && out.endsWith('c'))
    out += vowel ? 'v' : 'c'
  }
  return out
}

/** Porter's m: how often a consonant follows a vowel. */
const measure = (stem: string): number => shape(stem).split('vc').length - 1
const hasVowel = (stem: string): boolean => shape(stem).includes('v')

/** Consonant, vowel, consonant at the end, the last not w, x or y ("hop"); nltk adds whole words like "at". */
function endsShort(stem: string): boolean {
  const letters = shape(stem)
  return (letters.endsWith('cvc') && !/[wxy]$/.test(stem)) || letters === 'vc'
}

/** Suffix, what takes its place, and what the rest must satisfy. */
type Rule = readonly [suffix: string, put: string, holds?: (stem: string) => boolean]

/** The first rule whose suffix fits decides, even when its condition fails. */
function apply(word: string, rules: readonly Rule[]): string {
  for (const [suffix, put, holds] of rules) {
    if (!word.endsWith(suffix)) continue
    const stem = word.slice(0, word.length - suffix.length)
    return !holds || holds(stem) ? stem + put : word
  }
  return word
}

const rules = (list: string, holds: (stem: string) => boolean): readonly Rule[] =>
  list.split(' ').map((rule) => {
    const [suffix = '', put = ''] = rule.split('>')
    return [suffix, put, holds]
  })
const some = (stem: string): boolean => measure(stem) > 0
const more = (stem: string): boolean => measure(stem) > 1

const PLURALS: readonly Rule[] = [
  ['sses', 'ss'],
  ['ies', 'i'],
  ['ss', 'ss'],
  ['s', ''],
]
const STEP_2 = [
  ...rules(
    'ational>ate tional>tion enci>ence anci>ance izer>ize bli>ble alli>al entli>ent eli>e ousli>ous ization>ize ' +
      'ation>ate ator>ate alism>al iveness>ive fulness>ful ousness>ous aliti>al iviti>ive biliti>ble fulli>ful',
    some,
  ),
  // The "l" counts with the stem, so that "geology" goes like "archaeology".
  ['logi', 'log', (stem: string) => some(`${stem}l`)] as const,
]
const STEP_3 = rules('icate>ic ative> alize>al iciti>ic ical>ic ful> ness>', some)
const STEP_4 = [
  ...rules('al ance ence er ic able ible ant ement ment ent', more),
  ['ion', '', (stem: string) => more(stem) && /[st]$/.test(stem)] as const,
  ...rules('ou ism ate iti ous ive ize', more),
]

function plural(word: string): string {
  return word.endsWith('ies') && word.length === 4 ? word.slice(0, -1) : apply(word, PLURALS)
}

function pastOrGerund(word: string): string {
  if (word.endsWith('ied')) return word.slice(0, word.length === 4 ? -1 : -2)
  if (word.endsWith('eed')) return some(word.slice(0, -3)) ? word.slice(0, -1) : word
  const ending = ['ed', 'ing'].find(
    (suffix) => word.endsWith(suffix) && hasVowel(word.slice(0, word.length - suffix.length)),
  )
  if (ending === undefined) return word
  const stem = word.slice(0, word.length - ending.length)
  if (/(?:at|bl|iz)$/.test(stem)) return `${stem}e`
  if (/(.)\1$/su.test(stem) && shape(stem).endsWith('c'))
    return /[lsz]$/.test(stem) ? stem : stem.slice(0, -1)
  return measure(stem) === 1 && endsShort(stem) ? `${stem}e` : stem
}

const lastY = (word: string): string =>
  word.endsWith('y') && word.length > 2 && shape(word.slice(0, -1)).endsWith('c')
    ? `${word.slice(0, -1)}i`
    : word

/** "-alli" goes first, and what is left goes through the step again. */
function doubleSuffix(word: string): string {
  if (word.endsWith('alli') && some(word.slice(0, -4))) return doubleSuffix(word.slice(0, -2))
  return apply(word, STEP_2)
}

function lastE(word: string): string {
  if (!word.endsWith('e')) return word
  const stem = word.slice(0, -1)
  const m = measure(stem)
  return m > 1 || (m === 1 && !endsShort(stem)) ? stem : word
}

const doubleL = (word: string): string =>
  word.endsWith('ll') && more(word.slice(0, -1)) ? word.slice(0, -1) : word

/** Letters that JavaScript counts twice would throw off the lengths; no suffix of English stands after them. */
const BEYOND = /[\u{10000}-\u{10FFFF}]/u

/** Stem of a lower-case word; it need not be a word itself. */
export function porterStem(word: string): string {
  const irregular = IRREGULAR.get(word)
  if (irregular !== undefined) return irregular
  if (word.length <= 2 || BEYOND.test(word)) return word
  const bare = lastY(pastOrGerund(plural(word)))
  return doubleL(lastE(apply(apply(doubleSuffix(bare), STEP_3), STEP_4)))
}
