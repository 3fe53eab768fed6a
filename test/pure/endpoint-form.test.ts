/** The form of an endpoint: what is wrong is said at its field, and what is right becomes the definition. */
import { describe, expect, test } from 'vitest'
import {
  definitionOf,
  endpointFaults,
  formOf,
  NEW_ENDPOINT,
  originOf,
  PRESETS,
  tellsAlt,
  type EndpointForm,
} from '../../src/renderer/endpoint/form.ts'
import { hostIn, titleOf } from '../../src/renderer/captioners.ts'
import { EndpointDefinition } from '../../src/shared/endpoint.ts'
import type { BundleSummary } from '../../src/shared/types.ts'

const FORM: EndpointForm = {
  ...NEW_ENDPOINT,
  ...{ name: ' GPT-4o ', url: ' https://api.openai.com/v1', model: 'gpt-4o' },
}

const faultsOf = (change: Partial<EndpointForm>, taken: readonly string[] = []) =>
  Object.keys(endpointFaults({ ...FORM, ...change }, taken))

describe('the form', () => {
  test('a whole one has no fault, and becomes a definition that the host takes', () => {
    expect(faultsOf({})).toEqual([])
    const definition = definitionOf({ ...FORM, body: '{"seed": null, "max_tokens": 300}' })
    expect(EndpointDefinition.parse(definition)).toEqual({
      ...definition,
      ...{ name: 'GPT-4o', url: 'https://api.openai.com/v1' },
    })
    expect(definition.body).toEqual({ seed: null, max_tokens: 300 })
  })

  test('what is there comes back as it was', () => {
    const definition = definitionOf({ ...FORM, body: '{"a": [1, {"b": null}]}' })
    expect(definitionOf(formOf(definition))).toEqual(definition)
    expect(formOf(definitionOf(FORM)).body).toBe('')
  })

  test.each([
    ['name', ''],
    ['name', '…'],
    ['url', ''],
    ['url', 'api.openai.com/v1'],
    ['url', 'file:///etc/passwd'],
    ['url', 'javascript:alert(1)'],
    ['url', 'https://user:secret@host/v1'],
    ['url', 'https://host/v1/chat/completions'],
    ['url', 'http://host/v1'],
    ['url', 'http://127.0.0.1.example.com/v1'],
    ['model', '  '],
    ['prompt', ' '],
    ['promptWithout', ''],
    ['maxSide', NaN],
    ['maxSide', 31],
    ['maxSide', 512.5],
    ['parallel', 17],
    ['seconds', 4],
    ['body', '{'],
    ['body', '[1]'],
    ['body', 'null'],
    ['body', '"text"'],
    ['body', '{"": 1}'],
    ['body', '{"__proto__": 1}'],
  ] as const)('%s: %j is a fault there and nowhere else', (field, value) => {
    expect(faultsOf({ [field]: value })).toEqual([field])
  })

  test('a name is taken by the id that it would have', () => {
    expect(faultsOf({ name: 'gpt 4o' }, ['endpoint:gpt-4o'])).toEqual(['name'])
    expect(faultsOf({ name: 'gpt 4' }, ['endpoint:gpt-4o'])).toEqual([])
  })

  test.each(PRESETS.map(({ name, url }) => [name, url] as const))(
    'the usual address of %s has no fault',
    (_name, url) => {
      expect(faultsOf({ url })).toEqual([])
    },
  )

  test('a prompt tells the alt-text where it has its place', () => {
    expect(tellsAlt(NEW_ENDPOINT.prompt)).toBe(true)
    expect(tellsAlt(NEW_ENDPOINT.promptWithout)).toBe(false)
    expect(tellsAlt('{Alt} {alt }')).toBe(false)
  })

  test('leave is asked for scheme, host and port', () => {
    expect(originOf(' https://api.openai.com:443/v1 ')).toBe('https://api.openai.com')
    expect(originOf('http://127.0.0.1:11434/v1')).toBe('http://127.0.0.1:11434')
    expect(originOf('file:///v1')).toBe(null)
  })
})

test('no name turns the host that stands behind it', () => {
  const bundle = {
    ...{ id: 'endpoint:x', name: 'x \u202emoc.live ta' },
    endpoint: { origin: 'https://evil.example:8443' },
  } as BundleSummary
  expect(titleOf([bundle], 'endpoint:x')).toBe('x moc.live ta at evil.example:8443')
  expect(titleOf([], 'endpoint:x')).toBe('x (endpoint)')
  expect(hostIn('no address')).toBe('no address')
})
