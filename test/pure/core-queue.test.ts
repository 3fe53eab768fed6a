/** The engine's queue, a turn of it that is shared, and the bounded parallel reader: order, places, and leaving early. */
import { describe, expect, test } from 'vitest'
import { shareTurn } from '../../src/core/comparisons/share-turn.ts'
import { inOrder } from '../../src/core/images/in-order.ts'
import { createJobQueue, withEngine } from '../../src/core/job-queue.ts'

const never = new AbortController().signal

/** Enters, keeping every place it was told. */
async function enter(
  queue: ReturnType<typeof createJobQueue>,
  places: number[] = [],
  signal = never,
) {
  const entering = queue.enter(signal)
  let step = await entering.next()
  while (!step.done) {
    places.push(step.value)
    step = await entering.next()
  }
  return step.value
}

describe('createJobQueue', () => {
  test('a free engine is entered without a word', async () => {
    const places: number[] = []
    const leave = await enter(createJobQueue(), places)
    leave()
    expect(places).toEqual([])
  })

  test('who waits moves up and enters in order of arrival', async () => {
    const queue = createJobQueue()
    const leave = await enter(queue)
    const order: string[] = []
    const [a, b]: [number[], number[]] = [[], []]
    const first = enter(queue, a).then((done) => (order.push('a'), done()))
    const second = enter(queue, b).then((done) => (order.push('b'), done()))
    expect(queue.waiting).toBe(2)
    leave()
    await Promise.all([first, second])
    expect({ order, a, b }).toEqual({ order: ['a', 'b'], a: [1], b: [2, 1] })
    expect(queue.waiting).toBe(0)
  })

  test('cancelling while waiting leaves the line, and the next one moves up', async () => {
    const queue = createJobQueue()
    const leave = await enter(queue)
    const abort = new AbortController()
    const gone = enter(queue, [], abort.signal)
    const stays = enter(queue)
    abort.abort()
    await expect(gone).rejects.toMatchObject({ code: 'cancelled' })
    leave()
    ;(await stays)()
    expect(queue.waiting).toBe(0)
  })

  test('handing on twice is handing on once', async () => {
    const queue = createJobQueue()
    const leave = await enter(queue)
    leave()
    const next = await enter(queue)
    leave()
    const places: number[] = []
    const third = enter(queue, places)
    expect(queue.waiting).toBe(1)
    next()
    ;(await third)()
  })

  test('work that fails hands the engine on', async () => {
    const queue = createJobQueue()
    const failing = withEngine(queue, never, () => Promise.reject(new Error('no')))
    await expect(failing).rejects.toThrow('no')
    expect(await withEngine(queue, never, () => Promise.resolve(5))).toBe(5)
  })
})

describe('inOrder', () => {
  test('never more than so many at once, results in order, failures in their place', async () => {
    let now = 0
    let most = 0
    const gates = Array.from({ length: 9 }, () => Promise.withResolvers<void>())
    const work = inOrder([...gates.keys()], 3, async (index) => {
      most = Math.max(most, ++now)
      await gates[index]?.promise
      now--
      if (index === 4) throw new Error('four')
      return index * 10
    })
    for (const gate of gates.toReversed()) gate.resolve()
    const found: (number | string)[] = []
    for await (const { result } of work)
      found.push(result.status === 'fulfilled' ? result.value : 'failed')
    expect(found).toEqual([0, 10, 20, 30, 'failed', 50, 60, 70, 80])
    expect(most).toBe(3)
  })

  test('leaving early starts nothing new', async () => {
    const started: number[] = []
    for await (const _ of inOrder([1, 2, 3, 4, 5, 6], 2, async (n) => started.push(n))) break
    expect(started).toEqual([1, 2])
  })
})

describe('shareTurn', () => {
  test('those who come while it is held go straight in; the last one hands the engine on', async () => {
    const queue = createJobQueue()
    const shared = shareTurn(queue)
    const [one, two] = [await enter(shared), await enter(shared)]
    const places: number[] = []
    let entered = false
    const other = enter(queue, places).then((leave) => {
      entered = true
      return leave
    })
    const three = await enter(shared)
    one()
    one()
    two()
    await Promise.resolve()
    expect({ entered, places }).toEqual({ entered: false, places: [1] })
    three()
    ;(await other)()
    expect(entered).toBe(true)
    ;(await enter(shared))()
    expect(queue.waiting).toBe(0)
  })

  test('only the first waits in line, and tells its place', async () => {
    const queue = createJobQueue()
    const leave = await enter(queue)
    const shared = shareTurn(queue)
    const [first, second]: [number[], number[]] = [[], []]
    const both = Promise.all([enter(shared, first), enter(shared, second)])
    expect(queue.waiting).toBe(1)
    leave()
    for (const done of await both) done()
    expect({ first, second }).toEqual({ first: [1], second: [] })
    ;(await enter(queue))()
  })

  test('cancelled while it waits, all who share it are, and another turn can be asked for', async () => {
    const queue = createJobQueue()
    const leave = await enter(queue)
    const shared = shareTurn(queue)
    const abort = new AbortController()
    const both = [enter(shared, [], abort.signal), enter(shared, [], abort.signal)]
    abort.abort()
    for (const one of both) await expect(one).rejects.toMatchObject({ code: 'cancelled' })
    expect(queue.waiting).toBe(0)
    leave()
    ;(await enter(shared))()
  })
})
