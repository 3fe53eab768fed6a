/** How the whole image became the square that the model saw, in words. */

const RULES: Readonly<Record<string, string>> = {
  squash: 'squashed',
  'centre-crop': 'centre cut out',
}

/** A square image is seen whole under either rule. */
export const ruleWords = (rule = '', width: number, height: number): string =>
  rule in RULES && width === height ? 'whole' : (RULES[rule] ?? rule)

/** What a rule left out of an upright image of this size; '' where nothing to speak of. */
export function unseenWords(rule: string | undefined, width: number, height: number): string {
  if (rule !== 'centre-crop') return ''
  const [short, long] = [Math.min(width, height), Math.max(width, height)]
  const percent = Math.round(50 * (1 - short / long))
  if (percent === 0) return ''
  const sides = width > height ? ['left', 'right'] : ['top', 'bottom']
  return `Not seen: ${percent} % at the ${sides[0]}, ${percent} % at the ${sides[1]}`
}
