/** What annotators are told unless an annotation has its own words: the steps of Altogether (appendix A, figure 5), said in ours. */
import { LINT_RULES, type Guideline } from '../../shared/annotation.ts'

/** The paper's Table 8. */
export const PAPER_OPENINGS: readonly string[] = [
  'a photo of',
  'a product photo of',
  'a low resolution photo of',
  'a cropped photo of',
  'a close-up photo of',
  'a black and white photo of',
  'a blurry photo of',
  'a rendering of',
  'a sculpture of',
  'a painting of',
  'a cartoon of',
]

/** What other kinds of pictures need. */
const MORE_OPENINGS = [
  'a drawing of',
  'an illustration of',
  'a photograph of',
  'an aerial photo of',
  'a 3D render of',
  'a screenshot of',
  'an engraving of',
  'a diagram of',
  'a map of',
  'a poster of',
  'a logo of',
]

export const DEFAULT_GUIDELINE: Guideline = {
  goal:
    'The caption says what the picture shows, all of it and nothing else. The alt-text is taken for true but ' +
    'incomplete: keep what it knows, correct what the picture refutes, add what it leaves out. What only you ' +
    'happen to know stays out.',
  steps: [
    {
      id: 'previous',
      text: 'Start from the text of the round before and change it; do not write a new one.',
    },
    {
      id: 'opening',
      text: 'Open with a few words that name the kind of picture ("a photo of"), not with "In this picture we see".',
    },
    {
      id: 'alt-text',
      text: 'Work in what the alt-text knows, early and by its exact names ("a kestrel", not "a bird"). Other words are fine, another meaning is not. Skip file names, dates and credits; look up what you do not understand.',
    },
    { id: 'wrong', text: 'Correct or take out whatever the picture does not bear out.' },
    {
      id: 'feeling',
      text: 'Take out sentences about mood or message, and stories that the picture does not tell.',
    },
    {
      id: 'person',
      text: 'Of people, say nothing about origin or nationality, skin or hair colour, religion, politics, union, health, sexual orientation, face or emotion. Add no names or addresses.',
    },
    {
      id: 'missing',
      text: 'Add what can be seen and is not said yet, readable lettering too. Where you are unsure, stay general ("an animal") or say that it may be.',
    },
    {
      id: 'structure',
      text: 'Read it once more: the whole first, then the main things, the others, the background, details. Left and right are the viewer’s. Count up to ten, say "many" beyond. Short paragraphs, and short for a simple picture.',
    },
  ],
  openings: [...PAPER_OPENINGS, ...MORE_OPENINGS],
  rules: [...LINT_RULES],
}
