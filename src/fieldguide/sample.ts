/**
 * The sample project: 24 pictures chosen for variety, every family at least once. What opens is the first one, on later
 * starts the last: by eye a viceroy is a monarch and a golden chanterelle a false one, so that their rows show what an
 * alt-text is for.
 */

export interface SamplePicture {
  readonly seed: string
  readonly file: string
}

const SEEDS: readonly string[] = [
  'viceroy/3',
  'northern-cardinal/7',
  'fly-agaric/9',
  'blue-morpho/8',
  'siamese-cat/1',
  'meissen-teapot/2',
  'ocellaris-clownfish/2',
  'eastern-screech-owl/3',
  'garden-tulip/3',
  'european-stag-beetle/4',
  'standard-poodle/9',
  'king-scallop/10',
  'blue-jay/8',
  'emperor-tamarin/3',
  'brougham/5',
  'atlantic-blue-crab/3',
  'great-gray-owl/10',
  'chambered-nautilus/4',
  'maine-coon/5',
  'tetsubin/10',
  'mandrill/5',
  'seven-spot-ladybird/5',
  'opium-poppy/9',
  'golden-chanterelle/14',
]

export const SAMPLE: readonly SamplePicture[] = SEEDS.map((seed, i) => ({
  seed,
  file: `${String(i + 1).padStart(2, '0')}-${seed.replace('/', '-')}.png`,
}))
