/** A workbench to be killed: captions for ever on the fake engine and says the id of each caption that is on disk. */
import { writeSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { openWorkbench } from '../../src/workbench.ts'
import { createFakeEngine } from './fake-engine.ts'

const [file = ''] = await new Promise<string[]>((resolve) =>
  createInterface(process.stdin).once('line', (line) => resolve([line])),
)
const workbench = await openWorkbench({
  workspaceFile: file,
  engine: createFakeEngine(),
  appVersion: 'killed',
  hostName: 'test',
})
const client = workbench.clientAs('owner')
const sources = ['owl', 'fish', 'shell'].map((name) => ({
  kind: 'bytes' as const,
  name,
  bytes: new TextEncoder().encode(`FAKE ${name}`),
}))
const work = client.run('images.import', { sources })
let step = await work.next()
while (!step.done) step = await work.next()
const { images } = await client.call('images.list', {})
for (let seed = 0; ; seed++)
  for await (const event of client.run('comparisons.run', {
    imageIds: images.map(({ id }) => id),
    conditions: [
      { altKind: 'empty', text: '' },
      { altKind: 'free', text: 'a bird' },
    ],
    seed,
    again: true,
  }))
    if (event.kind === 'saved') writeSync(1, `${event.cell.id}\n`)
