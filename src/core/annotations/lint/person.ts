/**
 * What a caption must not say of people: origin, skin and hair colour, religion, politics, union, health, orientation,
 * face and emotion, and e-mail addresses. English word lists, small ones; a word that is said of other things too counts
 * only beside a word for a person, so that a black dog and a Buddhist temple are none.
 */
import { shown, type Check } from './find.ts'
import { sentencesOf } from './sentences.ts'

const PERSON =
  '(?:m[ae]n|wom[ae]n|boys?|girls?|child(?:ren)?|kids?|bab(?:y|ies)|toddlers?|infants?|persons?|people|lad(?:y|ies)|' +
  'gentlem[ae]n|guys?|adults?|teen(?:ager)?s?|couples?|brides?|grooms?|mothers?|fathers?|famil(?:y|ies)|' +
  'students?|soldiers?|players?|athletes?|actors?|actress(?:es)?|singers?|workers?|doctors?|nurses?|dancers?|' +
  'politicians?|voters?|individuals?|crowds?)'
const BETWEEN =
  '(?:(?:young|old|older|elderly|middle-aged|adult|little|small|tall|teenage|male|female|beautiful|handsome|bearded)[\\s,]+)*'
const PRONOUN = /\b(?:he|she|his|her|hers|him|they|their)\b/iu
const HAS_PERSON = new RegExp(String.raw`\b${PERSON}\b`, 'iu')

const ORIGIN =
  'black|white|brown|asian|african(?:[- ]american)?|caucasian|european|latin[oax]?|hispanic|arab(?:ic)?|middle[- ]eastern|' +
  'native[- ]american|indigenous|american|british|english|scottish|irish|french|german|italian|spanish|portuguese|dutch|' +
  'polish|russian|ukrainian|greek|turkish|iranian|israeli|egyptian|nigerian|kenyan|ethiopian|indian|pakistani|bangladeshi|' +
  'chinese|japanese|korean|thai|vietnamese|filipino|indonesian|mexican|brazilian|cuban|canadian|australian|foreign|immigrant'
const FAITH =
  'christian|catholic|protestant|orthodox|muslim|islamic|jewish|hindu|buddhist|sikh|atheist|mormon|religious'
const PARTY =
  'republican|democrat(?:ic)?|conservative|liberal|communist|socialist|fascist|left-wing|right-wing'
const HEALTH =
  'disabled|handicapped|crippled|blind|deaf|mute|autistic|sick|ill|injured|wounded|pregnant|obese|overweight|' +
  'anorexic|depressed|demented|paraly[sz]ed|mentally\\s+ill'
const LOVE = 'gay|lesbian|homosexual|heterosexual|bisexual|transgender|trans|queer'
const EMOTION =
  'happy|sad|angry|joyful|cheerful|excited|upset|worried|anxious|scared|afraid|proud|bored|confused|surprised|shocked|' +
  'lonely|nervous|delighted|thoughtful|pensive|serious|stern|friendly|smiling|crying|weeping|laughing|grinning|frowning'
const HAIR =
  'blond|blonde|black|brown|dark|light|red|gr[ae]y|white|auburn|ginger|golden|silver|fair|brunette'

const beside = (words: string): RegExp =>
  new RegExp(String.raw`\b(?:${words})[\s,]+${BETWEEN}${PERSON}\b`, 'giu')

interface Rule {
  readonly what: string
  readonly pattern: RegExp
  /** Needs a person in its sentence. */
  readonly ofPeople?: boolean
}

const RULES: readonly Rule[] = [
  { what: 'origin or ethnicity', pattern: beside(ORIGIN) },
  {
    what: 'origin or ethnicity',
    pattern: /\b(?:african[- ]americans?|caucasians?|latin[oa]s?|hispanics?|asians)\b/giu,
    ofPeople: true,
  },
  {
    what: 'origin or ethnicity',
    pattern: /\bof\s+(?:\p{L}+\s+)?(?:descent|ethnicity|nationality|origin)\b/giu,
    ofPeople: true,
  },
  {
    what: 'skin colour',
    pattern:
      /\b(?:dark|light|fair|pale|brown|black|white|olive|tan)[- ]skinned\b|\bskin\s+(?:colou?r|tone)\b|\b(?:dark|light|fair|pale|brown|black|white|olive|tan|tanned)\s+(?:skin|complexion)\b/giu,
    ofPeople: true,
  },
  {
    what: 'hair colour',
    pattern: new RegExp(
      String.raw`\b(?:${HAIR})[- ](?:[\p{L}-]+,?\s+){0,2}?hair(?:ed)?\b|\bhair\s+(?:is|was|are)\s+(?:${HAIR})\b|\b(?:blond|blonde|brunette|redhead(?:ed)?)s?\b`,
      'giu',
    ),
    ofPeople: true,
  },
  { what: 'religion', pattern: beside(FAITH) },
  {
    what: 'religion',
    pattern:
      /\b(?:muslims|jews|christians|hindus|buddhists|sikhs|catholics|protestants|atheists)\b/giu,
  },
  { what: 'politics', pattern: beside(PARTY) },
  { what: 'politics', pattern: /\b(?:republicans|democrats|communists|socialists)\b/giu },
  {
    what: 'membership in a union',
    pattern: /\b(?:trade\s+)?union\s+members?\b|\btrade\s+unionists?\b/giu,
  },
  { what: 'health', pattern: beside(HEALTH) },
  {
    what: 'health',
    pattern: /\b(?:suffer(?:s|ing)?\s+from|diagnosed\s+with)\b/giu,
    ofPeople: true,
  },
  { what: 'sexual orientation', pattern: beside(LOVE) },
  { what: 'face or emotion', pattern: beside(EMOTION) },
  {
    what: 'face or emotion',
    pattern: new RegExp(
      String.raw`\b(?:looks?|looking|appears?|appearing|seems?|seeming)\s+(?:to\s+be\s+)?(?:very\s+|quite\s+)?(?:${EMOTION})\b`,
      'giu',
    ),
    ofPeople: true,
  },
  {
    what: 'face or emotion',
    pattern:
      /\b(?:smil(?:es?|ing)|frown(?:s|ing)?|grin(?:s|ning)?|laugh(?:s|ing)|cry(?:ing)|weeping|(?:facial\s+)?expression)\b|\b(?:blue|green|brown|hazel|gr[ae]y|dark)\s+eyes\b/giu,
    ofPeople: true,
  },
]

const ADDRESS = /[^\s@<>()]+@[^\s@<>()]+\.\p{L}{2,}/giu

export const person: Check = function* ({ said, text }) {
  const somebody = HAS_PERSON.test(said)
  for (const { text: sentence, from } of sentencesOf(said)) {
    const ofPeople = HAS_PERSON.test(sentence) || (somebody && PRONOUN.test(sentence))
    const taken: [number, number][] = []
    for (const { what, pattern, ofPeople: needed } of RULES) {
      if (needed && !ofPeople) continue
      for (const { 0: words, index } of sentence.matchAll(pattern)) {
        const to = index + words.length
        if (taken.some(([start, end]) => index < end && start < to)) continue
        taken.push([index, to])
        yield {
          at: { from: from + index, to: from + to },
          message: `${shown(words)} tells a person’s ${what}; the guideline leaves that out.`,
        }
      }
    }
  }
  for (const { 0: words, index } of text.matchAll(ADDRESS))
    yield {
      at: { from: index, to: index + words.length },
      message: `${shown(words)} is an e-mail address; the guideline leaves out whatever identifies people.`,
    }
}
