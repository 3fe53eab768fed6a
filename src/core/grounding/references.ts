/** What is known of a picture besides its alt-text, and whether a name in the caption agrees with it. */
import type { Taxonomy } from '../probes/taxonomy.ts'
import { readText, type NameHit, type ReadText } from './phrases.ts'

export interface References {
  readonly taxonomy: Taxonomy
  /** Caption of the same picture under the empty alt-text, by the same captioner; null when there is none. */
  readonly emptyCaption: string | null
  /** What the picture truly shows, in words; complete for a drawn picture. */
  readonly truth: string | null
  readonly className: string | null
}

export type Agreement =
  'said' | 'another-name' | 'kind-of' | 'more-exact' | 'contradicted' | 'other-subject'

interface Known {
  readonly said: ReadonlySet<string>
  /** Nodes that the reference names without doubt (a Latin name that several share is no such name). */
  readonly sure: ReadonlySet<string>
  readonly above: ReadonlySet<string>
  readonly words: ReadonlySet<string>
}

export interface ReferenceReader {
  /** 'truth' decides everything; 'class' decides what competes with it. Null when nothing is known. */
  readonly authority: 'truth' | 'class' | null
  agreement(hit: NameHit): Agreement
  /** True when any word of the reference, or of what it is a kind of, is this folded word. */
  knowsWord(folded: string): boolean
  /** Same branch of the taxonomy: only one of the two names can be right of one thing. */
  competes(hit: NameHit): boolean
  /** The reference in words, as an explanation quotes it. */
  readonly text: string
}

function know(read: ReadText, taxonomy: Taxonomy): Known {
  const sure = new Set(
    read.names.filter(({ nodes }) => nodes.length === 1).map(({ nodes }) => nodes[0]!.key),
  )
  const above = new Set(
    read.names.flatMap(({ nodes }) => nodes.flatMap(({ key }) => [...taxonomy.above(key).keys()])),
  )
  return {
    said: new Set(read.names.map(({ key }) => key)),
    // A truth says "barn owl" and later "the owl": only the most exact names stand for the picture.
    sure: new Set([...sure].filter((key) => !above.has(key))),
    above,
    words: new Set([
      ...read.tokens.map(({ folded }) => folded),
      ...[...above].flatMap((key) => {
        const name = taxonomy.nodes.get(key)?.name ?? ''
        return name.toLowerCase().split(/[\s-]+/u)
      }),
    ]),
  }
}

/** A species, not a word for many ("shell" is also what a crab has). */
const isExact = ({ from, to, nodes }: NameHit, taxonomy: Taxonomy): boolean =>
  to - from > 1 || nodes.some(({ key }) => taxonomy.below(key).length === 0)

export function readReferences(references: References): ReferenceReader {
  const { taxonomy, truth, className } = references
  const given = [className, truth].filter((one): one is string => one !== null && one.trim() !== '')
  const text = given.join('\n')
  const known = know(readText(text, taxonomy), taxonomy)
  // Everything made by people is an object: that alone makes no two names rivals.
  const branch = new Set([...known.sure, ...known.above].filter((key) => key !== 'object'))
  const inBranch = (key: string): boolean =>
    [key, ...taxonomy.above(key).keys()].some((one) => branch.has(one))
  return {
    authority: given.length === 0 ? null : truth?.trim() ? 'truth' : 'class',
    text: className ?? truth ?? '',
    knowsWord: (folded) => known.words.has(folded),
    agreement(hit) {
      if (known.said.has(hit.key)) return 'said'
      if (hit.nodes.some(({ key }) => known.sure.has(key))) return 'another-name'
      if (hit.nodes.some(({ key }) => known.above.has(key))) return 'kind-of'
      const exact = hit.nodes.some(({ key }) =>
        [...taxonomy.above(key).keys()].some((one) => known.sure.has(one)),
      )
      return exact ? 'more-exact' : 'contradicted'
    },
    competes: (hit) => isExact(hit, taxonomy) && hit.nodes.some(({ key }) => inBranch(key)),
  }
}
