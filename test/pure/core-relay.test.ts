/** Leaving an outer task must close its inner work; the fake engine that obeys the signal would hide it. */
import { expect, test } from 'vitest'
import { relay } from '../../src/shared/relay.ts'

test('leaving the outer closes the inner', async () => {
  let closed = false
  async function* inner(): AsyncGenerator<number, string> {
    try {
      yield 1
      yield 2
      return 'end'
    } finally {
      closed = true
    }
  }
  for await (const value of relay(inner(), (n) => n * 10)) {
    expect(value).toBe(10)
    break
  }
  expect(closed).toBe(true)
})

test('events are translated and the result is passed on', async () => {
  async function* inner(): AsyncGenerator<number, string> {
    yield 1
    yield 2
    return 'end'
  }
  const work = relay(inner(), (n) => `n${n}`)
  expect(await work.next()).toEqual({ done: false, value: 'n1' })
  expect(await work.next()).toEqual({ done: false, value: 'n2' })
  expect(await work.next()).toEqual({ done: true, value: 'end' })
})
