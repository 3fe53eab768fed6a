/** Security headers of every answer. Pages load their own scripts, styles, fonts and pictures; nothing else. */

/** `pictures`: where pictures may come from; `more`: further directives. */
export const pagePolicy = (pictures: readonly string[], more: readonly string[] = []): string =>
  [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    `img-src ${pictures.join(' ')}`,
    "font-src 'self'",
    "connect-src 'self'",
    "form-action 'none'",
    "base-uri 'none'",
    "frame-src 'none'",
    "object-src 'none'",
    ...more,
  ].join('; ')

/** Stands in the built page itself, and holds even where a header is lost. */
export const policyOfPage = (pictures: readonly string[]): string =>
  pagePolicy(pictures, ["require-trusted-types-for 'script'", "trusted-types 'none'"])

/** Only a header can forbid frames. */
export const CONTENT_SECURITY_POLICY = pagePolicy(
  ["'self'", 'blob:', 'data:'],
  ["frame-ancestors 'none'"],
)

export const SECURITY_HEADERS: Readonly<Record<string, string>> = {
  'content-security-policy': CONTENT_SECURITY_POLICY,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), microphone=(), geolocation=()',
  'cache-control': 'no-store',
}
