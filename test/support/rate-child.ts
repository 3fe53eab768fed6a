/** A rater server to be killed: opens a workspace, invites rater 0 and says its address. */
import { writeSync } from 'node:fs'
import { startRaterHost } from '../../src/server/rater-host.ts'
import { openChildWorkbench } from './child-workbench.ts'
import { planStudy } from './studies.ts'

const { workbench, client } = await openChildWorkbench()
const { studies } = await client.call('studies.list', {})
const studyId = studies[0]?.id ?? (await planStudy(client, 120))
const host = await startRaterHost({ invoke: workbench.invokeAs('rater'), pages: new Map() })
const { token } = await client.call('studies.invite', { studyId, rater: 0 })
writeSync(1, `${JSON.stringify({ port: host.port, token, studyId })}\n`)
