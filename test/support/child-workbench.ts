/** For processes that are to be killed: the workbench over the file whose name comes on standard input. */
import { createInterface } from 'node:readline'
import type { Client } from '../../src/shared/contract.ts'
import { openWorkbench, type Workbench } from '../../src/workbench.ts'
import { createFakeEngine } from './fake-engine.ts'

export async function openChildWorkbench(): Promise<{ workbench: Workbench; client: Client }> {
  const workspaceFile = await new Promise<string>((resolve) =>
    createInterface(process.stdin).once('line', resolve),
  )
  const workbench = await openWorkbench({
    ...{ workspaceFile, engine: createFakeEngine(), appVersion: 'killed', hostName: 'test' },
  })
  return { workbench, client: workbench.clientAs('owner') }
}

/** Ids of three pictures, which the workspace has from then on. */
export async function addThree(client: Client): Promise<readonly string[]> {
  const sources = ['owl', 'fish', 'shell'].map((name) => ({
    ...{ kind: 'bytes' as const, name, bytes: new TextEncoder().encode(`FAKE ${name}`) },
  }))
  const work = client.run('images.import', { sources })
  let step = await work.next()
  while (!step.done) step = await work.next()
  const { images } = await client.call('images.list', {})
  return images.map(({ id }) => id)
}
