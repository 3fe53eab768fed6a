/** Strings for the page: markup that would run, fetch or navigate, and a fifth of the strings that break exports. */
import { WELL_FORMED_HOSTILE } from './hostile-strings.ts'

const PAYLOADS = ['window.__pwn=1', 'fetch("/pwned")', 'alert(1)', 'location="//evil.invalid/"']

const MARKUP: readonly ((payload: string) => string)[] = [
  (js) => `<script>${js}</script>`,
  (js) => `<img src=x onerror='${js}'>`,
  (js) => `<svg onload='${js}'>`,
  (js) => `"><script>${js}</script>`,
  (js) => `'><img src=x onerror=${js}>`,
  (js) => `</textarea><script>${js}</script>`,
  (js) => `</title><svg/onload=${js}>`,
  (js) => `<a href="javascript:${js}">click</a>`,
  (js) => `javascript:${js}`,
  (js) => `<iframe srcdoc="<script>${js}</script>"></iframe>`,
  (js) => `<details open ontoggle='${js}'>`,
  (js) => `<input autofocus onfocus='${js}'>`,
  (js) => `{{constructor.constructor('${js}')()}}`,
  (js) => `\${${js}}`,
  (js) => `<math><mtext><img src onerror='${js}'></mtext></math>`,
]

const ADDRESSES = [
  '<meta http-equiv="refresh" content="0;url=https://evil.invalid/">',
  '<base href="https://evil.invalid/">',
  '<link rel="stylesheet" href="https://evil.invalid/x.css">',
  '<form action="https://evil.invalid/"><input type="submit"></form>',
  '<img src="https://evil.invalid/p.png">',
  '//evil.invalid/x',
  'data:text/html,<h1>x</h1>',
  '../../etc/passwd',
  '%2e%2e%2f%2e%2e%2fetc%2fpasswd',
  '<!-- comment -->',
  '<![CDATA[x]]>',
  'owl\u202egnp.exe',
  'a'.repeat(800),
]

export const UI_HOSTILE: readonly string[] = [
  ...new Set([
    ...PAYLOADS.flatMap((payload) => MARKUP.map((wrap) => wrap(payload))),
    ...ADDRESSES,
    ...WELL_FORMED_HOSTILE.filter((text, index) => index % 5 === 0 && text !== ''),
  ]),
]
