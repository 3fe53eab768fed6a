/** Which addresses an endpoint may have, by text and by what its name leads to. */
import dns from 'node:dns'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { kindOfAddress } from '../../src/endpoints/address-ranges.ts'
import { checkAddress, isLocal, originOf } from '../../src/endpoints/address.ts'
import { checkedLookup } from '../../src/endpoints/checked-lookup.ts'
import { RealignError } from '../../src/shared/errors.ts'

/** What is typed, and the address that is used. */
const USABLE: readonly (readonly [string, string])[] = [
  ['https://api.openai.com/v1', 'https://api.openai.com/v1'],
  ['  https://api.openai.com/v1/  ', 'https://api.openai.com/v1'],
  ['HTTPS://API.OpenAI.com/v1', 'https://api.openai.com/v1'],
  ['https://api.openai.com:443/v1', 'https://api.openai.com/v1'],
  ['https://openrouter.ai/api/v1', 'https://openrouter.ai/api/v1'],
  ['https://gpu-7.lab.example:8443/v1', 'https://gpu-7.lab.example:8443/v1'],
  ['https://gpu_7/v1', 'https://gpu_7/v1'],
  ['https://192.168.1.20:8000/v1', 'https://192.168.1.20:8000/v1'],
  ['https://10.0.0.4/v1', 'https://10.0.0.4/v1'],
  ['https://172.16.3.4/v1', 'https://172.16.3.4/v1'],
  ['https://100.64.0.9/v1', 'https://100.64.0.9/v1'],
  ['https://[fd12:3456::7]:8000/v1', 'https://[fd12:3456::7]:8000/v1'],
  ['https://[2606:4700::1111]/v1', 'https://[2606:4700::1111]/v1'],
  ['https://xn--bcher-kva.example/v1', 'https://xn--bcher-kva.example/v1'],
  ['http://localhost:11434/v1', 'http://localhost:11434/v1'],
  ['http://LOCALHOST:1234/v1', 'http://localhost:1234/v1'],
  ['http://127.0.0.1:8080', 'http://127.0.0.1:8080/'],
  ['http://127.8.9.10:8080/v1', 'http://127.8.9.10:8080/v1'],
  ['http://[::1]:8000/v1', 'http://[::1]:8000/v1'],
  ['http://[0:0:0:0:0:0:0:1]:8000/v1', 'http://[::1]:8000/v1'],
  ['https://localhost:8443/v1', 'https://localhost:8443/v1'],
  ['http://localhost/v1', 'http://localhost/v1'],
]

/** What is typed, and a word of the reason. */
const REFUSED: readonly (readonly [string, RegExp])[] = [
  ['', /empty/],
  [`https://host/${'a'.repeat(2_000)}`, /longer/],
  ['localhost:11434/v1', /not a whole web address/],
  ['api.openai.com/v1', /not a whole web address/],
  ['//api.openai.com/v1', /not a whole web address/],
  ['https:api.openai.com/v1', /not a whole web address/],
  ['https:///v1', /no host/],
  ['https://:8000/v1', /no host/],
  ['file:///etc/passwd', /file:/],
  ['ftp://host/v1', /ftp:/],
  ['gopher://127.0.0.1:70/', /gopher:/],
  ['javascript://host/%0aalert(1)', /javascript:/],
  ['data:text/html,x', /not a whole web address/],
  ['http://api.openai.com/v1', /not this machine/],
  ['http://192.168.1.20:8000/v1', /not this machine/],
  ['http://[fd12:3456::7]:8000/v1', /not this machine/],
  ['https://api.openai.com@evil.example/v1', /@/],
  ['https://user:secret@host/v1', /@/],
  ['http://localhost:80@evil.example/v1', /@/],
  ['https://host/v1?key=1', /\?/],
  ['https://host/v1?', /\?/],
  ['https://host/v1#part', /#/],
  ['https://evil.example\\@api.openai.com/v1', /backslash/],
  ['https://ho st/v1', /space/],
  ['https://ho\tst/v1', /space/],
  ['https://ho\nst/v1', /space/],
  ['https://ho\u200Bst/v1', /invisible/],
  ['https://ho\u202Est/v1', /invisible/],
  ['https://host/v1/chat/completions', /too far/],
  ['https://host/v1/models/', /too far/],
  ['http://2130706433/v1', /another address/],
  ['http://017700000001/v1', /another address/],
  ['http://0x7f000001/v1', /another address/],
  ['http://0x7f.0.0.1/v1', /another address/],
  ['http://127.1/v1', /another address/],
  ['http://127.0.1/v1', /another address/],
  ['http://0177.0.0.1/v1', /another address/],
  ['http://127.0.0.01/v1', /another address/],
  ['http://127.0.0.256/v1', /another address/],
  ['https://3232235796/v1', /another address/],
  ['https://1.2.3.4.5/v1', /another address/],
  ['https://host.0x10/v1', /another address/],
  ['http://127.0.0.1./v1', /dot/],
  ['https://api.openai.com./v1', /dot/],
  ['http://localhost./v1', /dot/],
  ['http://%31%32%37.0.0.1/v1', /another address/],
  ['http://%6cocalhost/v1', /no valid name/],
  ['https://a..b/v1', /no valid name/],
  [`https://${'a'.repeat(64)}.example/v1`, /no valid name/],
  ['https://host!/v1', /no valid name/],
  ['http://１２７.０.０.１/v1', /really 127\.0\.0\.1/],
  ['http://127。0。0。1/v1', /really 127\.0\.0\.1/],
  ['https://арi.openai.com/v1', /really xn--/],
  ['https://bücher.example/v1', /really xn--bcher-kva\.example/],
  ['https://ｌocalhost/v1', /really localhost/],
  ['http://[::ffff:127.0.0.1]/v1', /no plain IPv6/],
  ['http://[::ffff:7f00:1]/v1', /IPv4 address written as IPv6/],
  ['https://[::ffff:5db8:d822]/v1', /IPv4 address written as IPv6/],
  ['http://[fe80::1%25eth0]/v1', /no plain IPv6/],
  ['https://[fe80::1]/v1', /link-local/],
  ['https://[::]/v1', /no machine/],
  ['http://0.0.0.0:8000/v1', /no machine/],
  ['https://0.1.2.3/v1', /no machine/],
  ['https://169.254.1.1/v1', /link-local/],
  ['http://169.254.169.254/latest', /metadata/],
  ['https://169.254.169.254/latest', /metadata/],
  ['https://100.100.100.200/v1', /metadata/],
  ['https://168.63.129.16/v1', /metadata/],
  ['https://[fd00:ec2::254]/v1', /metadata/],
  ['https://metadata.google.internal/v1', /metadata/],
  ['https://224.0.0.1/v1', /multicast/],
  ['https://239.255.255.250/v1', /multicast/],
  ['https://[ff02::1]/v1', /multicast/],
  ['https://255.255.255.255/v1', /broadcast/],
  ['https://240.0.0.1/v1', /reserved/],
  ['https://192.0.2.7/v1', /reserved/],
  ['https://[2001:db8::1]/v1', /reserved/],
  ['https://[2002:7f00:1::]/v1', /reserved/],
  ['https://[64:ff9b::7f00:1]/v1', /detour/],
  ['https://[64:ff9b::a9fe:a9fe]/v1', /metadata/],
  ['https://[::7f00:1]/v1', /reserved/],
  ['https://model.localhost/v1', /detour/],
  ['https://host:/v1', /port/],
  ['https://host:0/v1', /port/],
  ['https://host:65536/v1', /port/],
  ['https://host:80a/v1', /port/],
  ['https://host:25/v1', /Port 25/],
  ['http://localhost:6000/v1', /Port 6000/],
  ['https://[::1/v1', /no host/],
]

describe('the address that is typed', () => {
  test.each(USABLE)('%s is used as %s', (typed, used) => {
    expect(checkAddress(typed).href).toBe(used)
  })

  test.each(REFUSED)('%s is refused with its reason', (typed, why) => {
    const refusal = caught(() => checkAddress(typed))
    expect(refusal).toMatchObject({ code: 'bad-input', message: expect.stringMatching(why) })
    expect(refusal.hint).toMatch(/\.$/)
  })

  test('a password in an address is not repeated', () => {
    const refusal = caught(() => checkAddress('https://user:canary@host/v1'))
    expect(`${refusal.message} ${refusal.hint}`).not.toContain('canary')
  })

  test('an address says whether it is this machine, and what its origin is', () => {
    const local = USABLE.filter(([typed]) => /localhost|127|::1\]|:0:1\]/i.test(typed))
    for (const [typed] of USABLE)
      expect(isLocal(checkAddress(typed))).toBe(local.some(([one]) => one === typed))
    expect(originOf('https://bücher.example:8443/v1')).toBe('https://xn--bcher-kva.example:8443')
  })
})

/** Resolved addresses that no name but localhost may lead to. */
const FORBIDDEN = [
  ...['127.0.0.1', '127.9.9.9', '::1', '0.0.0.0', '::', '169.254.169.254', '169.254.3.4'],
  ...['fe80::1', 'fec0::1', '::ffff:127.0.0.1', '::ffff:a9fe:a9fe', '::ffff:8.8.8.8'],
  ...['100.100.100.200', 'fd00:ec2::254', '224.0.0.251', 'ff02::fb', '255.255.255.255'],
  ...['64:ff9b::127.0.0.1', '64:ff9b::a9fe:a9fe', '64:ff9b::', '2002:7f00:1::', '2001::1'],
  ...['240.0.0.1', '::7f00:1', '100::1', '192.0.0.192'],
]

describe('the addresses that a name leads to', () => {
  afterEach(() => vi.restoreAllMocks())

  test.each(FORBIDDEN)('%s is never handed to a connection', async (address) => {
    resolveTo([{ address, family: address.includes(':') ? 6 : 4 }])
    await expect(lookUp('name.example')).rejects.toMatchObject({ code: 'bad-input' })
  })

  test('one bad address among good ones spoils the name', async () => {
    resolveTo([
      { address: '93.184.215.14', family: 4 },
      { address: '127.0.0.1', family: 4 },
    ])
    await expect(lookUp('name.example')).rejects.toThrow('name.example leads to 127.0.0.1')
  })

  test('public, private and translated addresses are handed on as they were checked', async () => {
    const found = [
      '93.184.215.14',
      '10.1.2.3',
      '100.64.1.2',
      '2606:4700::1',
      'fd12::1',
      '64:ff9b::8.8.8.8',
    ]
    const addresses = found.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }))
    resolveTo(addresses)
    expect(await lookUp('name.example')).toEqual(addresses)
    expect(found.map((address) => kindOfAddress(address).kind)).toEqual(found.map(() => 'usable'))
  })

  test('localhost is this machine whatever a resolver says', async () => {
    const asked = resolveTo([{ address: '93.184.215.14', family: 4 }])
    expect(await lookUp('localhost')).toEqual([
      { address: '127.0.0.1', family: 4 },
      { address: '::1', family: 6 },
    ])
    expect(asked).not.toHaveBeenCalled()
    expect(await lookUp('localhost', { family: 6 })).toBe('::1')
    expect(await lookUp('localhost', { all: true, family: 4 })).toHaveLength(1)
  })
})

function caught(work: () => unknown): RealignError {
  try {
    work()
  } catch (error) {
    if (error instanceof RealignError) return error
    throw error
  }
  throw new Error('Not refused')
}

function resolveTo(addresses: readonly dns.LookupAddress[]) {
  const answer = (_name: string, _options: unknown, done: (...given: unknown[]) => void) =>
    process.nextTick(done, null, addresses)
  return vi.spyOn(dns, 'lookup').mockImplementation(answer as unknown as typeof dns.lookup)
}

const lookUp = (name: string, options: dns.LookupOptions = { all: true }): Promise<unknown> =>
  new Promise((resolve, reject) =>
    checkedLookup(name, options, (error, found) => (error ? reject(error) : resolve(found))),
  )
