/** The name lookup of connections: every address that a name gives is checked, and the connection goes to one of those. */
import dns from 'node:dns'
import type { LookupFunction } from 'node:net'
import { RealignError } from '../shared/errors.ts'
import { kindOfAddress } from './address-ranges.ts'

/** Never asked of a resolver, which could answer with another machine. */
const THIS_MACHINE: readonly dns.LookupAddress[] = [
  { address: '127.0.0.1', family: 4 },
  { address: '::1', family: 6 },
]

const refusal = (name: string, address: string, why: string): RealignError =>
  new RealignError('bad-input', `${name} leads to ${address}, which is ${why}`, {
    hint: 'Realign does not connect there. Write the address of the server itself, or localhost for this machine.',
  })

/** Why one of the addresses may not be connected to, or null. One bad address is enough: an honest name has none. */
export function whyNot(name: string, addresses: readonly dns.LookupAddress[]): RealignError | null {
  for (const { address } of addresses) {
    const found = kindOfAddress(address)
    if (found.kind === 'loopback') return refusal(name, address, 'this machine')
    if (found.kind === 'refused') return refusal(name, address, found.why)
  }
  return null
}

/**
 * For `lookup` of net and tls. Between a check and a connection that looks the name up again, a resolver could change
 * its mind (DNS rebinding); here the answer that was checked is the one that is used.
 */
export const checkedLookup: LookupFunction = (name, options, done) => {
  const hand = (addresses: readonly dns.LookupAddress[]) => {
    const [first] = addresses
    if (!first) done(noAddress(name), [])
    else if (options.all) done(null, [...addresses])
    else done(null, first.address, first.family)
  }
  if (name === 'localhost') {
    const family = options.family === 'IPv4' ? 4 : options.family === 'IPv6' ? 6 : options.family
    const fitting = THIS_MACHINE.filter((one) => !family || one.family === family)
    process.nextTick(hand, fitting)
    return
  }
  dns.lookup(name, { ...options, all: true }, (error, addresses) => {
    const wrong = error ?? whyNot(name, addresses)
    if (wrong) done(wrong, [])
    else hand(addresses)
  })
}

const noAddress = (name: string): NodeJS.ErrnoException =>
  Object.assign(new Error(`${name} has no address`), { code: 'ENOTFOUND' })
