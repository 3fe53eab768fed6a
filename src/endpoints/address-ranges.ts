/** What a numeric address is: this machine, an address that a connection may go to, or one that it may not, with the reason. */
import { BlockList, isIPv6 } from 'node:net'

export type AddressKind =
  | { readonly kind: 'loopback' }
  | { readonly kind: 'usable' }
  | { readonly kind: 'refused'; readonly why: string }

interface Range {
  readonly why: string
  readonly v4: BlockList
  readonly v6: BlockList
}

/** Two lists: one list for both families would take every IPv4 address for one in ::ffff:0:0/96. */
function listOf(why: string, subnets: readonly string[]): Range {
  const [v4, v6] = [new BlockList(), new BlockList()]
  for (const subnet of subnets) {
    const [net = '', bits] = subnet.split('/')
    if (isIPv6(net)) v6.addSubnet(net, Number(bits), 'ipv6')
    else v4.addSubnet(net, Number(bits), 'ipv4')
  }
  return { why, v4, v6 }
}

/** The first that holds an address names it. IPv4 in IPv6 stands first: the other lists look through its clothes. */
const REFUSED: readonly Range[] = [
  listOf('an IPv4 address written as IPv6', ['::ffff:0:0/96', '::ffff:0:0:0/96']),
  listOf('a cloud metadata address', [
    '169.254.169.254/32',
    '169.254.170.2/32',
    '169.254.170.23/32',
    '100.100.100.200/32',
    '168.63.129.16/32',
    '192.0.0.192/32',
    'fd00:ec2::/32',
    'fd20:ce::254/128',
  ]),
  listOf('the address of no machine', ['0.0.0.0/8', '::/128']),
  listOf('a link-local address', ['169.254.0.0/16', 'fe80::/10', 'fec0::/10']),
  listOf('a broadcast address', ['255.255.255.255/32']),
  listOf('a multicast address', ['224.0.0.0/4', 'ff00::/8']),
  listOf('a reserved address', [
    '192.0.0.0/24',
    '192.0.2.0/24',
    '192.88.99.0/24',
    '198.51.100.0/24',
    '203.0.113.0/24',
    '240.0.0.0/4',
    '2001::/23',
    '2001:db8::/32',
    '2002::/16',
    '3fff::/20',
  ]),
]

const LOOPBACK = listOf('this machine', ['127.0.0.0/8', '::1/128'])

/** IPv6 is mostly unassigned: public and private addresses are named, everything else is nobody's. */
const ASSIGNED = listOf('public or private', ['2000::/3', 'fc00::/7'])

/** A network without IPv4 shows each IPv4 address under this prefix (NAT64). */
const NAT64 = listOf('NAT64', ['64:ff9b::/96'])

export function kindOfAddress(address: string): AddressKind {
  const v6 = isIPv6(address)
  const within = (range: Range) =>
    v6 ? range.v6.check(address, 'ipv6') : range.v4.check(address, 'ipv4')
  const refused = REFUSED.find(within)
  if (refused) return { kind: 'refused', why: refused.why }
  if (within(LOOPBACK)) return { kind: 'loopback' }
  if (!v6 || within(ASSIGNED)) return { kind: 'usable' }
  if (!within(NAT64)) return { kind: 'refused', why: 'a reserved address' }
  const inside = kindOfAddress(lastFourBytes(address))
  return inside.kind === 'loopback' ? { kind: 'refused', why: 'this machine by a detour' } : inside
}

/** The IPv4 address at the end of an IPv6 one. */
function lastFourBytes(address: string): string {
  const dotted = /[0-9.]+$/.exec(address)?.[0] ?? ''
  if (dotted.includes('.')) return dotted
  const [head = '', tail = ''] = address.split('::')
  const groups = (tail || head).split(':').slice(-2)
  const [high = 0, low = 0] = ['0', ...groups].slice(-2).map((group) => parseInt(group || '0', 16))
  return [high >> 8, high & 255, low >> 8, low & 255].join('.')
}
