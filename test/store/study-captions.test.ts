/** What a study is planned from: every row of captions ends in it or in words for why not, every rater has a name. */
import { expect, test } from 'vitest'
import { addPictures, collect, fakePicture, openBench } from '../support/builders.ts'
import { SYSTEMS } from '../support/studies.ts'

test('a caption given twice in different words is refused by name; in the same words it is one', async () => {
  const { client } = await openBench()
  await addPictures(client, ['a.png', 'b.png'])
  const rows = ['a.png', 'b.png'].flatMap((image) =>
    SYSTEMS.map((system) => ({ image, system, caption: `${system} of ${image}` })),
  )
  const plan = (more: typeof rows) => {
    const imported = [...rows, ...more]
    return client.call('studies.plan', { name: 's', imported, raters: ['Ada'], dryRun: true })
  }
  expect((await plan(rows)).items).toBe(2)
  await expect(plan([{ ...rows[4]!, caption: 'other words' }])).rejects.toMatchObject({
    code: 'bad-input',
    message: `1 captions are given twice in different words, e.g. that of b.png by ${SYSTEMS[1]}`,
  })
})

test('a file name that two images have names neither of them', async () => {
  const { client } = await openBench()
  const sources = ['one', 'two'].map((words) => ({
    kind: 'bytes' as const,
    name: 'owl.png',
    bytes: fakePicture(words),
  }))
  const { output } = await collect(client.run('images.import', { sources }))
  const plan = (image: string) => {
    const imported = SYSTEMS.map((system) => ({ image, system, caption: system }))
    return client.call('studies.plan', { name: 's', imported, raters: ['Ada'], dryRun: true })
  }
  await expect(plan('owl.png')).rejects.toMatchObject({
    code: 'bad-input',
    message: '2 images are called owl.png',
  })
  expect((await plan(output.added[1] ?? '')).items).toBe(1)
})
test('captions that are all the same are told from captions that are missing', async () => {
  const { client } = await openBench()
  await addPictures(client, ['a.png', 'b.png'])
  const plan = (images: (system: number) => readonly string[]) => {
    const imported = SYSTEMS.flatMap((system, index) =>
      images(index).map((image) => ({ image, system, caption: 'A bird.' })),
    )
    return client.call('studies.plan', { name: 's', imported, raters: ['Ada'], dryRun: true })
  }
  await expect(plan((system) => [system === 0 ? 'a.png' : 'b.png'])).rejects.toMatchObject({
    message: 'No image has captions of all these systems',
  })
  await expect(plan(() => ['a.png', 'b.png'])).rejects.toMatchObject({
    code: 'bad-input',
    message: 'No image has two captions that differ',
    hint: expect.stringMatching(/^2 images have the same caption.*different things/) as unknown,
  })
})

test('one image is said in the singular', async () => {
  const { client } = await openBench()
  await addPictures(client, ['a.png', 'b.png', 'c.png'])
  const plan = (captions: Readonly<Record<string, readonly (string | null)[]>>) => {
    const imported = Object.entries(captions).flatMap(([image, said]) =>
      said.flatMap((caption, s) =>
        caption === null ? [] : [{ image, system: SYSTEMS[s] ?? '', caption }],
      ),
    )
    return client.call('studies.plan', { name: 's', imported, raters: ['Ada'], dryRun: true })
  }
  const whole = { 'a.png': ['x', 'y', 'z'] }
  const { warnings } = await plan({ ...whole, 'b.png': ['x', null, 'z'], 'c.png': ['x', 'x', 'x'] })
  expect(warnings).toEqual(
    expect.arrayContaining([
      '1 image lacks a caption of some system and is left out',
      '1 image has the same caption from every system and is left out',
    ]),
  )
  await expect(plan({ ...whole, 'gone.png': ['x', 'y', 'z'] })).rejects.toMatchObject({
    message: '1 image of the captions is not in this workspace, e.g. gone.png',
  })
})

test('raters have names of their own, so that one can be withdrawn', async () => {
  const { client } = await openBench()
  const plan = { name: 'twice', systems: [], raters: ['Ada', 'Ben', 'Ada'] }
  await expect(client.call('studies.plan', plan)).rejects.toMatchObject({
    code: 'bad-input',
    message: 'Two raters have the same name',
  })
})
