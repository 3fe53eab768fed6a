/** Study templates: the questions of published evaluations in our own words. */
import type { Criterion, Protocol } from '../../shared/study-types.ts'

export interface Template {
  readonly id: string
  readonly name: string
  readonly note: string
  readonly instructions: string
  readonly reveal: Protocol['reveal']
  readonly criteria: readonly Criterion[]
  /** Fewest and most systems it makes sense for. */
  readonly systems: readonly [number, number]
}

const criterion = (
  given: Pick<Criterion, 'id' | 'question' | 'definition'> & Partial<Criterion>,
): Criterion => ({
  format: 'ranking',
  labels: [],
  altText: 'hidden',
  ties: true,
  cannotJudge: true,
  nearlyIdentical: false,
  ...given,
})

const FIVE = [
  'card 1 is substantially better',
  'card 1 is marginally better',
  'neither is better',
  'card 2 is marginally better',
  'card 2 is substantially better',
]
const THREE = ['card 1 is better', 'about the same', 'card 2 is better']
const DEGREES = ['very poor', 'poor', 'fair', 'good', 'very good']

const side = (id: string, question: string, definition: string): Criterion =>
  criterion({ id, question, definition, format: 'pair', labels: FIVE })

export const TEMPLATES: readonly Template[] = [
  {
    id: 'figure-3',
    name: 'Altogether, Figure 3',
    note: 'Rank all captions by alignment, specificity and useful alt-text information. A full ranking says as much as 4.4 picks of the best.',
    instructions:
      'Look at the picture first. Then place the captions from best to worst; captions that are equally good share a place.',
    reveal: 'staged',
    systems: [2, 8],
    criteria: [
      criterion({
        id: 'alignment',
        question: 'Which caption fits the image best, with the least that is not there?',
        definition:
          'Everything said can be seen; nothing is made up. A short true caption beats a long one with errors.',
      }),
      criterion({
        id: 'specificity',
        question: 'Which caption is most specific, naming things as exactly as it can?',
        definition: 'Kinds, names, materials and places rather than general words.',
      }),
      criterion({
        id: 'alt-text',
        question: 'Which caption makes the best use of the alt-text?',
        definition: 'It carries over what is right in the alt-text and leaves out what is wrong.',
        altText: 'shown',
      }),
    ],
  },
  {
    id: 'probing',
    name: 'Alt-text probing, Table 3',
    note: 'Marks for every caption what came from the alt-text and whether it should have.',
    instructions: 'Answer the four questions for every caption.',
    reveal: 'always',
    systems: [2, 8],
    criteria: [
      criterion({
        id: 'grounding',
        question: 'What does each caption do with the alt-text?',
        definition: 'Judge each caption by itself, with the picture and the alt-text in view.',
        format: 'flags',
        labels: [
          'carries over a correct concept from the alt-text',
          'carries over a wrong concept from the alt-text',
          'leaves out a wrong concept of the alt-text',
          'has an error that does not come from the alt-text',
        ],
        altText: 'shown',
      }),
    ],
  },
  {
    id: 'iiw',
    name: 'ImageInWords, side by side',
    note: 'Five questions about two captions, five levels each.',
    instructions: 'Compare the two descriptions of the picture.',
    reveal: 'never',
    systems: [2, 2],
    criteria: [
      side(
        'comprehensiveness',
        'Which describes more of the picture?',
        'All main objects, attributes and relations.',
      ),
      side('specificity', 'Which is more specific?', 'Exact words rather than general ones.'),
      side(
        'hallucinations',
        'Which has fewer errors?',
        'Fewer things that are not in the picture.',
      ),
      side(
        'first-lines',
        'Which has the better first lines, as a summary?',
        'A reader who stops early knows the picture.',
      ),
      side(
        'human-likeness',
        'Which reads more as if a person wrote it?',
        'Natural, coherent prose.',
      ),
    ],
  },
  {
    id: 'capsfusion',
    name: 'CapsFusion, Table 2',
    note: 'Which of two captions is better, or are they similar, or nearly the same text.',
    instructions: 'Compare the two captions of the picture.',
    reveal: 'always',
    systems: [2, 2],
    criteria: [
      criterion({
        id: 'better',
        question: 'Which caption is better?',
        definition: 'It keeps what is true and useful, and reads well.',
        format: 'pair',
        labels: THREE,
        altText: 'shown',
        nearlyIdentical: true,
      }),
    ],
  },
  {
    id: 'pair',
    name: 'Two captions',
    note: 'One question, three levels.',
    instructions: 'Compare the two captions of the picture.',
    reveal: 'never',
    systems: [2, 2],
    criteria: [
      criterion({
        id: 'better',
        question: 'Which caption describes the picture better?',
        definition: 'True first, then complete, then well written.',
        format: 'pair',
        labels: THREE,
      }),
    ],
  },
  {
    id: 'best-worst',
    name: 'Best and worst',
    note: 'Two key presses an item: for 5 to 8 captions.',
    instructions: 'Choose the best caption, then the worst.',
    reveal: 'never',
    systems: [3, 8],
    criteria: [
      criterion({
        id: 'overall',
        question: 'Which caption describes the picture best, and which worst?',
        definition: 'True first, then complete, then well written.',
        format: 'best-worst',
        ties: false,
      }),
    ],
  },
  {
    id: 'rubric',
    name: 'Precision and recall, 1 to 5',
    note: 'Absolute marks for every caption.',
    instructions: 'Give every caption a mark from 1 to 5.',
    reveal: 'never',
    systems: [2, 8],
    criteria: [
      criterion({
        id: 'precision',
        question: 'How much of what the caption says is true of the picture?',
        definition: '5: all of it. 1: next to nothing.',
        format: 'rubric',
        labels: DEGREES,
      }),
      criterion({
        id: 'recall',
        question: 'How much of what matters in the picture does the caption say?',
        definition: '5: all of it. 1: next to nothing.',
        format: 'rubric',
        labels: DEGREES,
      }),
    ],
  },
]
