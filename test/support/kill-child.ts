/** A workbench to be killed: captions for ever on the fake engine and says the id of each caption that is on disk. */
import { writeSync } from 'node:fs'
import { addThree, openChildWorkbench } from './child-workbench.ts'

const { client } = await openChildWorkbench()
const imageIds = await addThree(client)
for (let seed = 0; ; seed++)
  for await (const event of client.run('comparisons.run', {
    imageIds: [...imageIds],
    conditions: [
      { altKind: 'empty', text: '' },
      { altKind: 'free', text: 'a bird' },
    ],
    seed,
    again: true,
  }))
    if (event.kind === 'saved') writeSync(1, `${event.cell.id}\n`)
