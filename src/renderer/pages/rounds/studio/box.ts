/** The box that texts are rewritten in, for those who lead to it or to words in it. */
import type { LintHit } from '../../../../shared/annotation.ts'
import { borders } from '../../../grounding/code-points.ts'

export const BOX_ID = 'rewrite-box'

export const focusBox = (): void => document.getElementById(BOX_ID)?.focus()

/** Spans count code points, the box counts UTF-16 units. */
export function selectInBox(text: string, span: NonNullable<LintHit['span']>): void {
  const box = document.getElementById(BOX_ID)
  if (!(box instanceof HTMLTextAreaElement)) return
  const at = borders(text)
  box.focus()
  box.setSelectionRange(at[span.start] ?? 0, at[span.end] ?? text.length)
}
