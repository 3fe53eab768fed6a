/** How long a client may take to say what it wants: connections are few, and a slow one keeps others out. */
import type { ServerOptions } from 'node:http'

/** Node looks at these limits every 30 seconds only, unless it is told otherwise. */
export const SLOW_CLIENT_RULES = {
  headersTimeout: 5_000,
  connectionsCheckingInterval: 1_000,
} as const satisfies ServerOptions
