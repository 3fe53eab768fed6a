/** Probe packs: what is refused and on which line, what is drawn, and that nobody gets their own text. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { derange } from '../../../src/core/probes/derange.ts'
import { classNode, drawText, type ProbedImage } from '../../../src/core/probes/draw-texts.ts'
import { fieldGuideTaxonomy } from '../../../src/core/probes/field-guide-taxonomy.ts'
import { readPack } from '../../../src/core/probes/read-pack.ts'
import { buildTaxonomy, distance } from '../../../src/core/probes/taxonomy.ts'
import { readLocated } from '../../../src/files/located-yaml.ts'
import { readPackFile } from '../../../src/files/probe-pack.ts'
import { DEFAULT_PACK, PROBE_KINDS, type ProbeKind } from '../../../src/shared/contract/probes.ts'
import { seededRandom } from '../../../src/shared/random.ts'

function packFile(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'realign-pack-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  for (const [name, text] of Object.entries(files)) writeFileSync(path.join(folder, name), text)
  return path.join(folder, Object.keys(files)[0] ?? '')
}

const HEAD = 'name: mine\nversion: 1\n'

describe('a pack is refused with its line', () => {
  test.each([
    ['an unknown kind', `${HEAD}kinds:\n  - empty\n  - sideways\n`, 5, 'unknown kind "sideways"'],
    ['an unknown kind as an object', `${HEAD}kinds:\n  - kind: empty\n  - kind: x\n`, 5, 'unknown kind "x"'],
    ['JSON with an unknown kind', '{"name": "a",\n "version": 1,\n "kinds": ["empty",\n  "far off"]}', 4, 'unknown kind "far off"'],
    ['an unknown field', `${HEAD}kinds: [empty]\ncolour: red\n`, 1, 'colour'],
    ['another version', 'name: a\nversion: 2\nkinds: [empty]\n', 2, ''],
    ['no kinds', `${HEAD}kinds: []\n`, 3, ''],
    ['a level below 1', `${HEAD}kinds:\n  - kind: hypernym\n    levels: 0\n`, 5, ''],
    ['a threshold without a bound', `${HEAD}kinds: [far]\nthresholds:\n  - rate: carry\n    kind: far\n`, 5, 'min, max'],
    ['a threshold for a kind that is not there', `${HEAD}kinds: [far]\nthresholds:\n  - rate: carry\n    kind: noise\n    min: 1\n`, 6, 'no kind noise'],
    ['broken YAML', `${HEAD}kinds: [empty\n`, 4, ''],
    ['the same key twice', `${HEAD}name: again\nkinds: [empty]\n`, 3, ''],
    ['a circle in its taxonomy', `${HEAD}kinds: [far]\ntaxonomy:\n  parents:\n    owl: bird\n    bird: animal\n    animal: owl\n`, 6, 'circle: owl → bird → animal → owl'],
    ['a name that is its own parent', `${HEAD}kinds: [far]\ntaxonomy:\n  parents:\n    bird: animal\n    owl: owls\n`, 7, 'its own parent'],
  ])('%s', async (_what, text, line, words) => {
    const failure = await readPackFile(packFile({ 'pack.yaml': text })).then(
      () => null,
      (error: unknown) => error,
    )
    expect(failure).toMatchObject({ code: 'bad-input' })
    expect(String((failure as Error).message)).toContain(`pack.yaml line ${line}: `)
    expect(String((failure as Error).message)).toContain(words)
  }) // prettier-ignore

  test('what is missing is named', async () => {
    await expect(readPackFile(packFile({ 'p.yaml': 'probes: [empty]\n' }))).rejects.toThrow(
      /name: is missing; .*version: is missing; .*kinds: is missing/,
    )
  })

  test('the pack that the README shows is one', async () => {
    const [, pack = ''] = /```yaml\n([^]*?)```/.exec(readFileSync('README.md', 'utf8')) ?? []
    const tree = 'parents: {barn owl: owl}\nalso: {barn owl: [Tyto alba]}\n'
    const { content } = await readPackFile(packFile({ 'p.yaml': pack, 'tree.yaml': tree }))
    expect(content).toMatchObject({ name: 'owls', taxonomy: { parents: { 'barn owl': 'owl' } } })
  })

  test('a circle in a taxonomy of its own file names that file', async () => {
    const file = packFile({
      'pack.yaml': `${HEAD}kinds: [far]\ntaxonomy: tree.yaml\n`,
      'tree.yaml': 'parents:\n  a: b\n  b: a\n',
    })
    await expect(readPackFile(file)).rejects.toThrow('tree.yaml line 2: the parents go in a circle')
  })

  test('a file that repeats itself without end is refused', () => {
    const bomb = ['a: &a [x, x, x, x, x, x, x, x, x]']
    for (const [now, before] of ['ba', 'cb', 'dc', 'ed', 'fe', 'gf'].map((pair) => [...pair]))
      bomb.push(`${now}: &${now} [${Array(9).fill(`*${before}`).join(', ')}]`)
    expect(() => readLocated(bomb.join('\n'), 'bomb.yaml')).toThrow('repeats itself')
  })

  test('the default pack is sound', () => {
    expect(readPack(DEFAULT_PACK)).toMatchObject({ ok: true, read: { pack: { seed: 7 } } })
  })

  test.each([null, 7, 'text', [], { kinds: 'all' }])('%j is no pack', (content) => {
    expect(readPack(content).ok).toBe(false)
  })
})

describe('derangement', () => {
  test('nobody gets their own text, whatever the number, seed and repeats', () => {
    const random = seededRandom(1)
    for (let trial = 0; trial < 2000; trial++) {
      const n = 2 + Math.floor(random() * 40)
      const kinds = 1 + Math.floor(random() * n)
      const texts = Array.from({ length: n }, () => `t${Math.floor(random() * kinds)}`)
      const to = derange(texts, trial)!
      expect([...to].sort((a, b) => a - b)).toEqual(texts.map((_, i) => i))
      expect(to.some((other, i) => other === i)).toBe(false)
      const most = Math.max(
        ...[...Map.groupBy(texts, (text) => text).values()].map((g) => g.length),
      )
      if (most * 2 <= n) expect(to.some((other, i) => texts[other] === texts[i])).toBe(false)
    }
  })

  test('the same seed gives the same draw, another seed another', () => {
    const texts = Array.from({ length: 50 }, (_, i) => `t${i}`)
    expect(derange(texts, 3)).toEqual(derange(texts, 3))
    expect(derange(texts, 3)).not.toEqual(derange(texts, 4))
  })

  test('one image alone has nobody to take a text from', () => {
    expect(derange(['a'], 1)).toBeNull()
    expect(derange([], 1)).toBeNull()
  })
})

describe('drawn texts', () => {
  const taxonomy = fieldGuideTaxonomy()
  const image: ProbedImage = {
    imageId: 'a'.repeat(64),
    name: 'owl.png',
    className: 'great gray owl, Strix nebulosa',
    ownAlt: 'my owl picture',
    truth: null,
    random: 'a teapot on a table',
  }
  const text = (kind: ProbeKind, seed = 7, about = image) => {
    const drawn = drawText(kind, about, { taxonomy, seed })
    return 'text' in drawn ? drawn.text : `LACKS ${drawn.lacks}`
  }

  test('each kind says what it is for', () => {
    expect(text({ kind: 'empty' })).toBe('')
    expect(text({ kind: 'own' })).toBe('my owl picture')
    expect(text({ kind: 'class-name' })).toBe('great gray owl, Strix nebulosa')
    expect(text({ kind: 'hypernym', levels: 1 })).toBe('an owl')
    expect(text({ kind: 'hypernym', levels: 3 })).toBe('an animal')
    expect(text({ kind: 'random' })).toBe('a teapot on a table')
    expect(text({ kind: 'partly-wrong' })).toMatch(/^an? \w+ great gray owl$/)
    expect(text({ kind: 'noise', concept: true })).toContain('great gray owl')
    expect(text({ kind: 'noise', concept: false })).not.toContain('owl')
    expect(text({ kind: 'over-length', words: 300 }).split(' ').length).toBeGreaterThanOrEqual(290)
    expect(text({ kind: 'other-language', language: 'de' })).toBe('eine Eule auf einem Ast')
    expect(text({ kind: 'several', of: ['class-name', 'far'] })).toMatch(
      /^great gray owl, .+; an? /,
    )
  })

  test('several alt-texts that are the same one are said once, in the order asked for', () => {
    const about = { ...image, ownAlt: 'a barn owl', className: 'a barn owl' }
    expect(text({ kind: 'several', of: ['own', 'class-name'] }, 7, about)).toBe('a barn owl')
    expect(text({ kind: 'several', of: ['own', 'random', 'class-name'] }, 7, about)).toBe(
      'a barn owl; a teapot on a table',
    )
  })

  test('siblings share a parent, far names are far, for every species and ten seeds', () => {
    for (const node of taxonomy.nodes.values()) {
      if (taxonomy.below(node.key).length > 0) continue
      const about = { ...image, className: node.name }
      for (let seed = 0; seed < 10; seed++) {
        const near = text({ kind: 'sibling' }, seed, about).replace(/^an? /, '')
        const other = taxonomy.named(near)[0]
        expect(other?.key).not.toBe(node.key)
        expect(distance(taxonomy, node.key, other?.key ?? '')).toBe(2)
        const away = taxonomy.named(
          text({ kind: 'far', least: 6 }, seed, about).replace(/^an? /, ''),
        )[0]
        expect(distance(taxonomy, node.key, away?.key ?? '')).toBeGreaterThanOrEqual(6)
      }
    }
  })

  test('a draw depends on seed and image alone', () => {
    const draws = (seed: number, imageId = image.imageId) =>
      text({ kind: 'far', least: 6 }, seed, { ...image, imageId })
    expect(draws(1)).toBe(draws(1))
    const bySeed = new Set(Array.from({ length: 30 }, (_, seed) => draws(seed)))
    const byImage = new Set(Array.from({ length: 30 }, (_, i) => draws(1, `${i}`)))
    expect(Math.min(bySeed.size, byImage.size)).toBeGreaterThan(5)
  })

  test('a wrong name is never one of those that the truth allows', () => {
    const truth = 'It could as well be a barn owl or a snowy owl.'
    for (let seed = 0; seed < 50; seed++)
      expect(text({ kind: 'sibling' }, seed, { ...image, truth })).not.toMatch(/barn|snowy/)
  })

  test('what is missing is said, with the name of the image', () => {
    const bare = { ...image, className: null, ownAlt: null, random: null }
    expect(text({ kind: 'random' }, 7, bare)).toMatch(/ has no text of its own to exchange/)
    expect(text({ kind: 'random' }, 7, { ...image, random: null })).toMatch(/no other image with/)
    const needing = PROBE_KINDS.filter((kind) => !['empty', 'noise'].includes(kind))
    for (const kind of needing) expect(text(readKind(kind), 7, bare)).toMatch(/^LACKS .*owl\.png/)
    expect(text({ kind: 'far', least: 6 }, 7, { ...image, className: 'walrus' })).toContain(
      'class "walrus" of owl.png is not in the taxonomy',
    )
  })

  const readKind = (kind: string): ProbeKind => {
    const reading = readPack({ name: 'a', version: 1, kinds: [kind] })
    if (!reading.ok) throw new Error(kind)
    return reading.read.pack.kinds[0]!
  }

  test('classes are found by their common or Latin name, other names merge', () => {
    expect(classNode(taxonomy, 'Great Gray Owls')?.name).toBe('great gray owl')
    expect(classNode(taxonomy, 'Strix nebulosa')?.name).toBe('great gray owl')
    const entry = { also: [], inLanguages: {} }
    const diamond = buildTaxonomy([
      { ...entry, name: 'a', parents: ['b', 'c'] },
      { ...entry, name: 'b', parents: ['d'] },
      { ...entry, name: 'c', parents: ['d'] },
    ])
    expect(distance(diamond, 'b', 'c')).toBe(2)
    expect([...diamond.above('a')]).toEqual([['b', 1], ['c', 1], ['d', 2]]) // prettier-ignore
    expect(distance(diamond, 'a', 'zebra')).toBe(Infinity)
  })
})
