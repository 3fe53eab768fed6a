/** Which phrases of a caption are not in the baseline's caption. Joined, the parts are the caption again. */
import { diffWordsWithSpace } from 'diff'

export interface Part {
  readonly text: string
  readonly differs: boolean
}

/** A common stretch this short between two changed ones reads as part of the change. */
const BRIDGE = /^\s*(?:[\p{P}\p{S}]|an?|the|of|and|in|on|with|at)?\s*$/iu

function join(parts: readonly Part[]): readonly Part[] {
  const joined: Part[] = []
  for (const part of parts) {
    const last = joined.at(-1)
    if (last?.differs === part.differs)
      joined[joined.length - 1] = { text: last.text + part.text, differs: part.differs }
    else joined.push(part)
  }
  return joined
}

/** White space and punctuation around a phrase are not part of it: they must not be underlined. */
function trimPhrase(part: Part): readonly Part[] {
  if (!part.differs) return [part]
  const [, before = '', phrase = '', after = ''] =
    /^([\s\p{P}]*)([\s\S]*?)([\s\p{P}]*)$/u.exec(part.text) ?? []
  return [
    { text: before, differs: false },
    { text: phrase, differs: phrase !== '' },
    { text: after, differs: false },
  ].filter(({ text }) => text !== '')
}

export function differingPhrases(baseline: string, caption: string): readonly Part[] {
  const parts = diffWordsWithSpace(baseline, caption)
    .filter((change) => !change.removed)
    .map((change) => ({ text: change.value, differs: change.added }))
  const bridged = parts.map((part, index) => {
    const between = parts[index - 1]?.differs === true && parts[index + 1]?.differs === true
    return between && BRIDGE.test(part.text) ? { ...part, differs: true } : part
  })
  return join(join(bridged).flatMap(trimPhrase))
}
