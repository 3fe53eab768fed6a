/** For pages whose policy forbids compiled code: import this before any schema, and zod does not even try. */
import { z } from 'zod'

z.config({ jitless: true })
