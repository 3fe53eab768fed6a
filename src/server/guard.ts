/** Who may talk to the local server: Host, Origin, Sec-Fetch-Site, content type and token, all five. */
import { createHash, timingSafeEqual } from 'node:crypto'

export interface GuardRules {
  /** Exact Host headers that are ours, e.g. '127.0.0.1:4100'. Defeats DNS rebinding. */
  readonly hosts: ReadonlySet<string>
  /** Exact origins that are ours. A missing Origin never allows a write. */
  readonly origins: ReadonlySet<string>
}

export interface RequestFacts {
  readonly host: string | undefined
  readonly origin: string | undefined
  readonly fetchSite: string | undefined
  readonly contentType: string | undefined
}

export type Verdict =
  { readonly ok: true } | { readonly ok: false; readonly status: 403 | 415 | 421 }

const refuse = (status: 403 | 415 | 421): Verdict => ({ ok: false, status })
const OK: Verdict = { ok: true }

/** For every request: the Host header must be one of ours (421 otherwise). */
export function checkHost(rules: GuardRules, facts: RequestFacts): Verdict {
  return facts.host !== undefined && rules.hosts.has(facts.host.toLowerCase()) ? OK : refuse(421)
}

/** For reads of pages and pictures: another site must not embed or fetch them. */
export function checkRead(rules: GuardRules, facts: RequestFacts): Verdict {
  const host = checkHost(rules, facts)
  if (!host.ok) return host
  if (facts.origin !== undefined && !rules.origins.has(facts.origin)) return refuse(403)
  const site = facts.fetchSite
  return site === undefined || site === 'same-origin' || site === 'none' ? OK : refuse(403)
}

/** For anything that can change state: own Origin present, same-origin fetch, JSON body. */
export function checkWrite(rules: GuardRules, facts: RequestFacts): Verdict {
  const host = checkHost(rules, facts)
  if (!host.ok) return host
  if (facts.origin === undefined || !rules.origins.has(facts.origin)) return refuse(403)
  if (facts.fetchSite !== undefined && facts.fetchSite !== 'same-origin') return refuse(403)
  const type = facts.contentType?.split(';')[0]?.trim().toLowerCase()
  return type === 'application/json' ? OK : refuse(415)
}

const digest = (text: string) => createHash('sha256').update(text).digest()

/** Constant-time comparison of secrets of any length. */
export const sameSecret = (given: string, expected: string): boolean =>
  timingSafeEqual(digest(given), digest(expected))

/** `Authorization: Bearer …` → the token, or undefined. */
export const bearerOf = (header: string | undefined): string | undefined =>
  /^Bearer ([\w-]{16,256})$/.exec(header ?? '')?.[1]
