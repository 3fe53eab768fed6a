/** A workbench to be killed: rewrites captions for ever and says the id of each rewrite that is on disk. */
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
  ...{ kind: 'bytes' as const, name, bytes: new TextEncoder().encode(`FAKE ${name}`) },
}))
const work = client.run('images.import', { sources })
let step = await work.next()
while (!step.done) step = await work.next()
const { images } = await client.call('images.list', {})
const { id: annotationId } = await client.call('annotations.create', {
  name: 'killed',
  imageIds: images.map(({ id }) => id),
  annotators: ['Ada'],
  swap: false,
})
for (let n = 0; ; n++)
  for (const { id: imageId } of images) {
    const { versions } = await client.call('annotations.rewrite', {
      ...{ annotationId, imageId, round: 2, annotator: 'Ada', versions: n },
      text: `A photo ${n}.`,
    })
    writeSync(1, `${versions.at(-1)?.id}\n`)
  }
