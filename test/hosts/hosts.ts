/** Every way to reach the workbench, as a list: the host suite runs once for each. */
import { MessageChannel, type MessagePort } from 'node:worker_threads'
import { connectHttp } from '../../src/renderer/connect-http.ts'
import { startBrowserHost } from '../../src/server/http.ts'
import type { Client } from '../../src/shared/contract.ts'
import type { Audience } from '../../src/shared/contract/define.ts'
import { connectPort, createClient, servePort, type Port } from '../../src/shared/rpc.ts'
import type { Workbench } from '../../src/workbench.ts'

export interface OpenHost {
  readonly client: Client
  /** The other side goes away, as a closed window or a dropped connection does. */
  readonly vanish: () => void | Promise<void>
}

export interface HostUnderTest {
  readonly name: string
  open(workbench: Workbench, audience: Audience): Promise<OpenHost>
}

const asPort = (port: MessagePort): Port => ({
  postMessage: (message) => port.postMessage(message),
  onMessage: (listener) => void port.on('message', listener),
})

export const HOSTS: readonly HostUnderTest[] = [
  {
    name: 'in process',
    open: async (workbench, audience) => ({
      client: workbench.clientAs(audience),
      vanish: () => workbench.close(),
    }),
  },
  {
    name: 'port',
    async open(workbench, audience) {
      const { port1, port2 } = new MessageChannel()
      const server = servePort(asPort(port1), workbench.invokeAs(audience))
      const connection = connectPort(asPort(port2))
      return {
        client: createClient(connection.open),
        vanish() {
          server.dispose()
          connection.fail({ code: 'host-gone', message: 'The window was closed' })
          port2.close()
        },
      }
    },
  },
  {
    name: 'browser',
    async open(workbench, audience) {
      const host = await startBrowserHost({
        invoke: workbench.invokeAs(audience),
        pages: new Map(),
      })
      const origin = `http://127.0.0.1:${host.port}`
      // A page sends its own origin by itself; Node's fetch has none to send.
      const send = (path: string, init: RequestInit) =>
        fetch(`${origin}${path}`, { ...init, headers: { ...init.headers, origin } })
      return {
        client: createClient(connectHttp(host.token, send)),
        vanish: () => host.close(),
      }
    },
  },
]
