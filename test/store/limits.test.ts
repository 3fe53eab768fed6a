/** A request over a limit of the contract is told the limit and what to do, in words of ours. */
import { expect, test } from 'vitest'
import { openBench } from '../support/builders.ts'

const sha = (n: number) => n.toString(16).padStart(64, '0')

test('too many, too long, too large and too few each name the limit and a next step', async () => {
  const { client } = await openBench()
  const remove = (count: number) =>
    client.call('images.remove', { imageIds: Array.from({ length: count }, (_, n) => sha(n)) })
  await expect(remove(10_001)).rejects.toMatchObject({
    code: 'bad-input',
    message: 'images.remove: imageIds: more than 10,000 at once',
    hint: 'Name at most 10,000 at a time.',
  })
  await expect(remove(0)).rejects.toMatchObject({
    message: 'images.remove: imageIds: fewer than 1',
    hint: 'Name at least 1.',
  })
  await expect(client.call('images.list', { search: 'x'.repeat(201) })).rejects.toMatchObject({
    message: 'images.list: search: longer than 200 characters',
    hint: 'Shorten it and try again.',
  })
  await expect(client.call('images.list', { limit: 501 })).rejects.toMatchObject({
    message: 'images.list: limit: above 500',
    hint: 'Choose 500 or less.',
  })
  await expect(client.call('images.list', { limit: 0 })).rejects.toMatchObject({
    message: 'images.list: limit: below 1',
    hint: 'Choose 1 or more.',
  })
  await expect(client.call('images.get', { imageId: 'owl' })).rejects.toMatchObject({
    code: 'bad-input',
    message: expect.stringMatching(/^images\.get: imageId: ./),
  })
})
