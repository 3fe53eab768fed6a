/** A field of a reply whose shape nobody promised: its own fields only, since a reply may well hold `__proto__`. */
export function field(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null) return undefined
  return Object.getOwnPropertyDescriptor(value, name)?.value
}
