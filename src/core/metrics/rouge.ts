/**
 * ROUGE-L (Lin, 2004) as pycocoevalcap/rouge/rouge.py has it: P and R from the longest common subsequence, each the
 * highest over the references, F = (1 + b2) P R / (R + b2 P) with b = 1.2.
 */

export const ROUGE_BETA = 1.2

/** Length of the longest common subsequence; O(n) memory. */
function longestCommon(a: readonly string[], b: readonly string[]): number {
  const ids = new Map<string, number>()
  const idsOf = (words: readonly string[]) =>
    Int32Array.from(words, (word) => {
      const id = ids.get(word) ?? ids.size
      ids.set(word, id)
      return id
    })
  const [rows, columns] = [idsOf(a), idsOf(b)]
  let [above, here] = [new Int32Array(b.length + 1), new Int32Array(b.length + 1)]
  for (const row of rows) {
    for (let j = 0; j < columns.length; j++)
      here[j + 1] = columns[j] === row ? above[j]! + 1 : Math.max(above[j + 1]!, here[j]!)
    ;[above, here] = [here, above]
  }
  return above[b.length]!
}

/** There an empty text is one empty word, so that two empty texts are alike. */
const atLeastOne = (words: readonly string[]): readonly string[] =>
  words.length > 0 ? words : ['']

/** 0 to 1. */
export function rougeL(
  candidate: readonly string[],
  references: readonly (readonly string[])[],
): number {
  const ours = atLeastOne(candidate)
  let [precision, recall] = [0, 0]
  for (const theirs of references.map(atLeastOne)) {
    const common = longestCommon(ours, theirs)
    precision = Math.max(precision, common / ours.length)
    recall = Math.max(recall, common / theirs.length)
  }
  if (precision === 0 || recall === 0) return 0
  const b2 = ROUGE_BETA ** 2
  return ((1 + b2) * precision * recall) / (recall + b2 * precision)
}
