/** Which web addresses an endpoint may have, judged by the text that a person wrote, and shown as they are used. */
import { isIPv4 } from 'node:net'
import { RealignError } from '../shared/errors.ts'
import { kindOfAddress } from './address-ranges.ts'

const LONGEST = 2_000

const EXAMPLE =
  'Write it as https://host/v1, or as http://localhost:PORT/v1 for a server on this machine.'

/** Ports of other services, which the fetch standard refuses: a mail server reads an HTTP request as commands. */
const OTHER_SERVICES: ReadonlySet<number> = new Set([
  1, 7, 9, 11, 13, 15, 17, 19, 20, 21, 22, 23, 25, 37, 42, 43, 53, 69, 77, 79, 87, 95, 101, 102,
  103, 104, 109, 110, 111, 113, 115, 117, 119, 123, 135, 137, 139, 143, 161, 179, 389, 427, 465,
  512, 513, 514, 515, 526, 530, 531, 532, 540, 548, 554, 556, 563, 587, 601, 636, 989, 990, 993,
  995, 1719, 1720, 1723, 2049, 3659, 4045, 4190, 5060, 5061, 6000, 6566, 6665, 6666, 6667, 6668,
  6669, 6679, 6697, 10080,
])

/** Names by which clouds hand their secrets to whoever asks from inside. */
const METADATA: ReadonlySet<string> = new Set([
  'metadata',
  'metadata.google.internal',
  'metadata.goog',
  'metadata.azure.internal',
  'instance-data',
  'instance-data.ec2.internal',
])

function refuse(why: string, hint: string): never {
  throw new RealignError('bad-input', why, { hint })
}

/** The base address of an endpoint, as far as /v1, without a slash at its end. Throws 'bad-input' with the reason. */
export function checkAddress(url: string): URL {
  const typed = url.trim()
  if (typed === '') refuse('The address is empty', EXAMPLE)
  if (typed.length > LONGEST) refuse(`The address is longer than ${LONGEST} characters`, EXAMPLE)
  if (/[\s\\\p{C}]/u.test(typed))
    refuse('The address holds a space, a backslash or an invisible character', EXAMPLE)

  const [, scheme = '', authority = '', rest = ''] =
    /^([a-z][a-z0-9+.-]*):\/\/([^/?#]*)(.*)$/i.exec(typed) ?? []
  if (scheme === '') refuse('This is not a whole web address', EXAMPLE)
  if (!/^https?$/i.test(scheme)) refuse(`An endpoint is not reached by ${scheme}:`, EXAMPLE)
  if (authority.includes('@'))
    refuse(
      'The address holds a name before an @',
      'Leave out everything up to the @: a key has its own place.',
    )
  if (/[?#]/.test(rest))
    refuse('The address holds a ? or a #', 'End it before them: Realign adds the rest itself.')
  if (/\/(chat\/completions|completions|models)\/*$/i.test(rest))
    refuse('The address goes too far', 'End it before that, usually with /v1.')

  const [, host = '', port] = /^(\[.*\]|[^:[\]]*)(?::(.*))?$/.exec(authority) ?? []
  if (host === '') refuse('The address names no host', EXAMPLE)
  checkHost(host.toLowerCase())
  if (port !== undefined) checkPort(port)

  const checked = URL.parse(typed)
  if (!checked) refuse('This is not a web address', EXAMPLE)
  if (checked.protocol === 'http:' && !isLocal(checked))
    refuse(
      `${checked.host} is not this machine, and http would send pictures and keys there in the open`,
      'Use https. For a server of your own without it, forward its port: ssh -L PORT:localhost:PORT, then http://localhost:PORT/v1.',
    )
  checked.pathname = checked.pathname.replace(/\/+$/, '')
  return checked
}

function checkPort(port: string): void {
  const number = Number(port)
  if (!/^\d{1,5}$/.test(port) || number < 1 || number > 65_535)
    refuse('The address has no valid port after its colon', 'A port is a number up to 65535.')
  if (OTHER_SERVICES.has(number))
    refuse(`Port ${number} belongs to another kind of service`, 'Let the server use another port.')
}

/**
 * What URL parsing would quietly turn into another host is refused: a person who reads the address must see where it
 * leads. Letters outside ASCII are refused whole, not only look-alikes: who means such a host writes its xn-- form.
 */
function checkHost(host: string): void {
  if (/[^\p{ASCII}]/u.test(host)) {
    const ascii = URL.parse(`https://${host}`)?.hostname
    refuse(
      ascii
        ? `The host has letters outside a-z; it is really ${ascii}`
        : 'The host has odd letters',
      ascii ? `If you mean that host, write ${ascii}.` : EXAMPLE,
    )
  }
  if (host.startsWith('[')) return checkIpv6(host)
  if (host.endsWith('.')) refuse('The host ends with a dot', 'Leave out the dot.')
  if (/(^|\.)(\d+|0x[0-9a-f]*)$/.test(host)) return checkIpv4(host)
  const valid =
    host.length <= 253 && host.split('.').every((label) => /^[a-z0-9_-]{1,63}$/.test(label))
  if (!valid || !URL.canParse(`https://${host}`)) refuse('The host is no valid name', EXAMPLE)
  if (METADATA.has(host)) refuse(`${host} is a cloud metadata address`, EXAMPLE)
  if (host.endsWith('.localhost')) refuse(`${host} is this machine by a detour`, 'Write localhost.')
}

function checkIpv4(host: string): void {
  if (!isIPv4(host))
    refuse(
      'The host is a number that reads as another address',
      'Write it as four plain numbers, such as 127.0.0.1.',
    )
  checkNumeric(host)
}

function checkIpv6(host: string): void {
  const inside = host.slice(1, -1)
  if (!/^[0-9a-f:]+$/.test(inside) || !URL.canParse(`https://${host}`))
    refuse(
      'The host is no plain IPv6 address',
      'Write only digits, a-f and colons in the brackets: no IPv4 and no zone.',
    )
  checkNumeric(inside)
}

function checkNumeric(address: string): void {
  const found = kindOfAddress(address)
  if (found.kind === 'refused')
    refuse(`${address} is ${found.why}`, 'Use the address of the server itself.')
}

/** Whether an endpoint is on this machine by its own words. */
export function isLocal(url: URL | string): boolean {
  const { hostname } = new URL(url)
  if (hostname === 'localhost') return true
  if (hostname.startsWith('[')) return kindOfAddress(hostname.slice(1, -1)).kind === 'loopback'
  return isIPv4(hostname) && kindOfAddress(hostname).kind === 'loopback'
}

/** Scheme, host and port as they are used: a host with other letters in its xn-- form. */
export const originOf = (url: URL | string): string => new URL(url).origin
