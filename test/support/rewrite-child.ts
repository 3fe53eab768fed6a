/** A workbench to be killed: rewrites captions for ever and says the id of each rewrite that is on disk. */
import { writeSync } from 'node:fs'
import { addThree, openChildWorkbench } from './child-workbench.ts'

const { client } = await openChildWorkbench()
const imageIds = await addThree(client)
const { id: annotationId } = await client.call('annotations.create', {
  name: 'killed',
  imageIds: [...imageIds],
  annotators: ['Ada'],
  swap: false,
})
for (let n = 0; ; n++)
  for (const imageId of imageIds) {
    const { versions } = await client.call('annotations.rewrite', {
      ...{ annotationId, imageId, round: 2, annotator: 'Ada', versions: n },
      text: `A photo ${n}.`,
    })
    writeSync(1, `${versions.at(-1)?.id}\n`)
  }
