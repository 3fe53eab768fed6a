/** A client that never finishes its headers keeps nobody out for long: the limits are what the servers really have. */
import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import type { Server } from 'node:http'
import { expect, onTestFinished, test } from 'vitest'
import { startBrowserHost } from '../../src/server/http.ts'
import { startRaterHost } from '../../src/server/rater-host.ts'

const REQUEST = 'http.server.request.start'

/** The server that answered a request to this port, as Node itself tells it. */
async function serverAt(port: number): Promise<Server> {
  const found: Server[] = []
  const hear = (message: unknown) => void found.push((message as { server: Server }).server)
  subscribe(REQUEST, hear)
  try {
    await fetch(`http://127.0.0.1:${port}/`)
  } finally {
    unsubscribe(REQUEST, hear)
  }
  const [server] = found
  if (!server) throw new Error('Nobody answered')
  return server
}

const options = {
  invoke: async function* () {
    return {}
  },
  pages: new Map([['/', { type: 'text/html; charset=utf-8', body: new Uint8Array([60]) }]]),
}

test.each([
  ['rater host', startRaterHost],
  ['browser host', startBrowserHost],
] as const)('%s looks every second for clients that are slow to ask', async (_name, start) => {
  const host = await start(options)
  onTestFinished(() => host.close())
  const server = await serverAt(host.port)
  expect(server).toMatchObject({ headersTimeout: 5000, connectionsCheckingInterval: 1000 })
})
