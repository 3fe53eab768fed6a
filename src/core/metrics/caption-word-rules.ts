/**
 * What coco-caption's tokeniser (Stanford CoreNLP 3.4.1) takes for one word, found out from what it gives for some
 * hundred thousand texts: at each place the rule that reaches furthest has its way.
 */

const anyCase = (word: string) => word.replace(/[a-z]/g, (c) => `[${c}${c.toUpperCase()}]`)
/** "St" and "ST". */
const capital = (word: string) => `${word[0]!.toUpperCase()}${word.slice(1)}|${word.toUpperCase()}`
/** "st" as well. */
const orCapital = (word: string) => `${word}|${capital(word)}`
const anyOf = (words: string, form: (word: string) => string) =>
  `(?:${words.split(' ').map(form).join('|')})`

/** Keep their stop. */
export const ABBREVIATIONS =
  'adj adm adv al ala alex apr ariz assn assoc asst atty attys aug ave bancorp bhd bldg blvd brig bros calif capt cf ' +
  "cie cmdr co col colo comdr conn cont'd corp cos cpl ct dak dec dept det dr drs elec ens esq est etc ext feb fla fri " +
  'ft ga gen gov govs hon inc ind insp intl invt jan jos jr jul jun kan kans ky lieut lt ltd maj mar md messrs mfg ' +
  'mich minn mlle mme mo mon mont mr mrs ms msgr mt mtg natl neb nev nov oct okla penn pfc ph plc ppte pptes ppty ' +
  'pptys pres prof profs pte ptes pty ptys pvt rd rep reps rev rt sen sens sep sept seq sfc sgt spc sq sr st ste ' +
  'supt supts sys tel tenn thu thurs treas tue tues univ va vs vt wed wis wisc wm wyo'
/** Keep it with a capital only: states, of which most are words too. */
export const STATES = 'ark az del ill la mass miss ore pa tex wash'
/** Keep it before a number. */
export const NUMBERED = 'art ca fig figs no nos op pp prop'
/** Begin a sentence: a single letter before them loses its stop. */
const OPENERS =
  'a about according additionally after an as at but earlier he her here however if in it last many more now once ' +
  'one other our she since so some such that the their then there these they this we what when while yet you mr\\. ms\\.'
/** End a file's name that may begin with a number. */
const FILE_TYPES =
  'bat bmp c cgi cpp dll doc docx exe gif gz h htm html jar java jpeg jpg mov mp3 pdf php pl png ppt ps py sql tar txt wav x xml zip'

/** Two words after three letters. */
export const JOINED = 'cannot gonna gotta wanna gimme lemme'

/** Not a letter or digit to it: what is beyond 16 bits, and marks that change the look of a sign. */
const NONE = String.raw`(?![\u{10000}-\u{10FFFF}\u20D0-\u20F0\u3099\u309A\uFE00-\uFE0F\uFE20-\uFE2F])`
const L = String.raw`(?:${NONE}[\p{L}\p{M}])`
export const W = String.raw`(?:${NONE}[\p{L}\p{M}\p{Nd}])`
/** Without accents that are signs of their own. */
const N = String.raw`(?:${NONE}[\p{L}\p{Nd}])`
/** Of ASCII: some rules know no others. */
const A = '[A-Za-z0-9]'

/** An apostrophe; inside some words a quote will do. */
const CURLY = String.raw`(?:[’\u0092]|&apos;)`
const Q = `(?:'|${CURLY})`
const ANY_Q = String.raw`(?:['‘’\u0091\u0092${'`'}]|&apos;)`
const SHORT = '(?:[smdSMD]|[rR][eE]|[vV][eE]|[lL][lL])'
const CLITIC = `(?:'${SHORT}(?![A-Za-z])|${CURLY}${SHORT})`

/** An end to how far a rule looks, so that it may fail at every place of a long text. */
const FAR = '{0,200}'
const DOTTED = `${L}${W}*(?:[.!?]${L}${W}*)+`
const PART = `(?:[dDlLoO]${Q}(?=${W}{2}))?${N}+`
const HYPHENED = `${PART}(?:[-_‐‑]${PART})+`
/** Like "3.5-inch" and "ab.cd-ef". */
const DOTTED_HYPHENED = `${A}[A-Za-z0-9.,]${FAR}(?:-${A}+)+`
/** Like "AT&T". */
const INITIALS = '[A-Z]+(?:(?:[+&]|&amp;)[A-Z]+)+'
const NUMBER = String.raw`[-+]?(?:\d*(?:[.,:]\d+)+|\d+)`
const SITE_PART = String.raw`[^\s\d!"$'(),\-./:-@A-Z[-${'`'}{-}]`
const SITE = String.raw`${SITE_PART}{1,60}(?:\.${SITE_PART}{1,60}){0,5}\.${anyOf('com net org edu', anyCase)}`
const PATH = String.raw`/[^\s"<>|()]{1,2000}[^\s"<>|().,!?-]`
const ATTRIBUTE = String.raw`\s+[A-Za-z][\w:.-]*(?:\s*=\s*(?:"[^"<>]*"|'[^'<>]*'))?`
const EYE = `[-'^x=~<>]`

/** A rule, before it the signs of which it needs one before the next space, and so is spared where there is none. */
export type Rule = readonly [needs: string, pattern: string]

export const HYPHENS = '-‐‑'
export const DIGITS = '0123456789'
export const APOSTROPHES = "'‘’`&\u0091\u0092"

/** For what begins with a letter or digit. What a rule sees ahead in a group of its own counts for how far it reaches. */
export const WORDS: readonly Rule[] = [
  ['', `(?=${anyOf(JOINED, anyCase)}(?!${W}))[A-Za-z]{3}(?=([A-Za-z]+))`],
  ['', `${L}${W}*|${N}+`],
  [`_${HYPHENS}`, HYPHENED],
  ['-', DOTTED_HYPHENED],
  ['.!?', DOTTED],
  ['&+', INITIALS],
  [DIGITS, NUMBER],
  ['$#+-', String.raw`[A-Z]+\$|[CFcf]#|[Cc]\+\+|[aA]nti-|[pP]ro-`],
  // "and/or", "123.jpg"
  ['/', String.raw`${A}+(?:-[A-Za-z]+){0,2}(?:/${A}+(?:-[A-Za-z]+){0,2}){1,2}`],
  ['.', String.raw`${N}+(?:\.${N}+)*\.${anyOf(FILE_TYPES, anyCase)}(?=[\s,.!?]|$)`],
  // Dates; "2 1/2"; telephone numbers.
  [DIGITS, String.raw`\d{1,2}[-/]\d{1,2}[-/]\d{2,4}`],
  [DIGITS, String.raw`\d{1,4}[- ]\d{1,4}/\d{1,4}`],
  [DIGITS, String.raw`\d{2,4}[- ]\d{3,4}[- ]?\d{3,5}(?!${L})`],
  // Stops that stay: "U.S.", "non-U.S.", "Mr.", "No. 5"; before a comma or colon with any word.
  ['.', String.raw`(?:[A-Za-z]\.)+`],
  ['-', String.raw`(?:${A}+-)*${A}[A-Za-z0-9.,]${FAR}-(?:[A-Za-z]\.){2,}`],
  [
    '.',
    String.raw`(?:${anyOf('ph.d ed.d', anyCase)}|${anyOf(ABBREVIATIONS, orCapital)}|${anyOf(STATES, capital)})\.`,
  ],
  ['.', String.raw`${anyOf(NUMBERED, orCapital)}\.(?=(\s?\d))`],
  [
    '.',
    String.raw`(?:${L}${W}*|${N}+|${HYPHENED}|${DOTTED_HYPHENED}|${DOTTED}|${INITIALS})\.(?=([,;:]))`,
  ],
  ['.', String.raw`[A-Za-z](?=(\.\s+${anyOf(OPENERS, capital)}(?:\s|$)))`],
  // Words with apostrophes, and words before them.
  [APOSTROPHES, `[A-Za-z]*[A-MO-Za-mo-z](?=([nN]${ANY_Q}[tT]))|[nN]${ANY_Q}[tT]`],
  [APOSTROPHES, `${L}+(?=(${CLITIC}))`],
  [APOSTROPHES, `[djlDJL]${Q}|[yY]${Q}(?=(${L}))|[oO][lL]${Q}`],
  [APOSTROPHES, `[A-HK-XZn]${ANY_Q}${L}{2,}|[dDlLoO]${ANY_Q}${W}{2,}`],
  [APOSTROPHES, `${L}+[aeiouyAEIOUY]${ANY_Q}[aeiouA-Z]${L}*`],
  [
    APOSTROPHES,
    anyOf("li'l s'mores ev'ry c'mon nor'easter e'er nat'l o'o cap['’]n c['’]est", anyCase),
  ],
  // Addresses.
  ['/', String.raw`[hH][tT][tT][pP][sS]?://[^\s"<>|(){}]{1,2000}[^\s"<>|(){}.,!?-]`],
  ['.', String.raw`[wW]{3}\.(?!\.)[^\s"<>|(){}]${FAR}\.${A}{2,4}(?:${PATH})?`],
]

/** For what begins otherwise. */
export const SIGNS: readonly Rule[] = [
  [DIGITS, NUMBER],
  [DIGITS, String.raw`(?:\(\d{2,3}\)[- ]?|\+\d{2,4}[- ])\d{3,4}[- ]?\d{3,5}`],
  [APOSTROPHES, CLITIC],
  [
    APOSTROPHES,
    `${Q}(?:${anyOf('em til cause', anyCase)}|[nN]${Q})|'[nN](?:${Q}|(?=\\s|$))|${CURLY}[nN]${Q}?`,
  ],
  [APOSTROPHES, String.raw`'t(?=(is|was))|${Q}\d0s|${Q}\d\d(?=(?:\s|$))`],
  // Signs that are one word as often as they follow on each other; two quotes.
  ['', String.raw`[?!]+|\*+|(?:\\\*)+|_+|#+|@+|\.{3,}|-{2,}|<<|>>|''|[²³¹⁰-⁾₀-₎]+`],
  ['', String.raw`[‘’‛‹›“”«»„‚‟${'`'}\u0091-\u0094]{2}`],
  ['#', `#${L}+`],
  ['@', '@[A-Za-z_][A-Za-z_0-9]*'],
  // Faces.
  [':;=', String.raw`(?:[<>]?[:;=][-o*']?[)(DPpO@|\]\[{\\]|:-?3)(?!${A})`],
  ['(', String.raw`\((?!--.\)|.--\))${EYE}[-_.]?${EYE}\)`],
  // Mark-up.
  ['<', String.raw`</?[A-Za-z][\w:.-]*(?:${ATTRIBUTE})*\s*/?>|<[!?][A-Za-z-][^>]{0,500}>`],
  ['&', '&(?:amp|lt|gt|quot|apos|nbsp|mdash|ndash|AMP|#[0-9]+);'],
  // Any other sign that it knew.
  [
    '',
    String.raw`[!-/:-@[-${'`'}{-~¡-©¬®-´¶-¹»-¿×÷;·\u0589\u05BE\u05C0\u05C3\u05F3\u05F4\u060C\u061B\u061E\u061F\u066A\u066D\u06D4।॥฿–—―‖‗‚„-•‰-‸※‾-⁂⁄₠₤€…\u2100-\u214F⅐-⅞←-⯿、。〒・！-／：-＠［-｀｛-･￠￡￥￦\u0080\u0085\u0096\u0097]`,
  ],
]

/** For either. */
export const BOTH: readonly Rule[] = [
  ['@', String.raw`(?:<|&lt;)?${A}[^\s"<>|(){}]${FAR}@[^\s"<>|(){}.]+(?:\.[^\s"<>|(){}.]+)*>?`],
  ['.', `${SITE}(?:${PATH}|(?!${L}))`],
  ['_', `${EYE}_${EYE}`],
  ['&', `${L}*(?:&[aeiouAEIOU](?:acute|grave|uml);${W}*)+`],
]
