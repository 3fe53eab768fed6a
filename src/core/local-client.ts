/** The in-process host: the same protocol over two linked mailboxes, so there is no second client to keep right. */
import type { Client } from '../shared/contract.ts'
import { connectPort, createClient, servePort, type Invoke } from '../shared/rpc.ts'

function createMailbox() {
  let deliver = (_message: unknown): void => {}
  return {
    // Cloned as by every other port: neither side can change what the other holds.
    post(message: unknown): void {
      const copy: unknown = structuredClone(message)
      queueMicrotask(() => deliver(copy))
    },
    listen: (listener: (message: unknown) => void): void => void (deliver = listener),
  }
}

export interface LocalClient {
  readonly client: Client
  /** Aborts everything in flight; later calls fail with `host-gone`. */
  close(): void
}

export function createLocalClient(invoke: Invoke): LocalClient {
  const up = createMailbox()
  const down = createMailbox()
  const server = servePort({ postMessage: down.post, onMessage: up.listen }, invoke)
  const connection = connectPort({ postMessage: up.post, onMessage: down.listen })
  return {
    client: createClient(connection.open),
    close() {
      server.dispose()
      connection.fail({ code: 'host-gone', message: 'The workbench was closed' })
    },
  }
}
