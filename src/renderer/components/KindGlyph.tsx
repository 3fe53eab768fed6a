/** The kind of an alt-text: a shape and a word, never a colour. */
import type { ReactNode } from 'react'
import type { AltKind } from '../../shared/types.ts'
import { KIND_NAMES } from '../kinds.ts'

const stroke = { fill: 'none', stroke: 'currentColor', strokeWidth: 1.4 } as const
const round = { ...stroke, strokeLinejoin: 'round', strokeLinecap: 'round' } as const

const GLYPHS: Readonly<Record<AltKind, ReactNode>> = {
  empty: (
    <>
      <circle cx="6" cy="6" r="4.6" {...stroke} />
      <path d="M2.4 10.2 9.6 1.8" {...stroke} />
    </>
  ),
  own: <circle cx="6" cy="6" r="4.4" fill="currentColor" />,
  'class-name': <path d="M1.4 2.2h5.2L11 6l-4.4 3.8H1.4z" fill="currentColor" />,
  general: <path d="M6 1.3 11 10.4H1z" {...round} />,
  hypernym: <path d="M6 10.5V2M2.6 5.2 6 1.7l3.4 3.5" {...round} />,
  'partly-wrong': (
    <>
      <path d="M6 .9 11.1 6 6 11.1.9 6z" {...round} />
      <path d="M6 .9V11.1L.9 6z" fill="currentColor" />
    </>
  ),
  sibling: (
    <>
      <circle cx="3.6" cy="6" r="2.6" fill="currentColor" />
      <circle cx="8.4" cy="6" r="2.6" {...stroke} />
    </>
  ),
  far: (
    <>
      <circle cx="2.4" cy="6" r="1.7" fill="currentColor" />
      <path d="M5 6h1m1.4 0h1" {...stroke} />
      <circle cx="10.2" cy="6" r="1.2" {...stroke} />
    </>
  ),
  random: (
    <>
      <rect x="1.4" y="1.4" width="9.2" height="9.2" rx="1.6" {...stroke} />
      <circle cx="4.2" cy="4.2" r="1" fill="currentColor" />
      <circle cx="7.8" cy="7.8" r="1" fill="currentColor" />
    </>
  ),
  wrong: <path d="M2 2l8 8M10 2 2 10" {...round} strokeWidth={1.9} />,
  noise: <path d="M1 7.5 3 3l2 6 2-7 2 6 2-3" {...round} />,
  'over-length': <path d="M1 6h10M8.4 3.4 11 6 8.4 8.6M1 2.6v6.8" {...round} />,
  'other-language': (
    <>
      <circle cx="6" cy="6" r="4.6" {...stroke} />
      <path d="M1.4 6h9.2M6 1.4c-2.6 3-2.6 6.2 0 9.2 2.6-3 2.6-6.2 0-9.2z" {...stroke} />
    </>
  ),
  several: <path d="M1.5 3h9M1.5 6h9M1.5 9h9" {...round} />,
  self: <path d="M9.8 7.6A4.2 4.2 0 1 1 9.4 3.6M9.6 1.2v2.6H7" {...round} />,
  free: <path d="M2 10l.6-2.6L8.4 1.6l2 2-5.8 5.8z" {...round} />,
}

export function KindChip({ kind }: { readonly kind: AltKind }) {
  return (
    <span className="kind">
      <svg width="12" height="12" viewBox="0 0 12 12" aria-hidden="true">
        {GLYPHS[kind]}
      </svg>
      {KIND_NAMES[kind]}
    </span>
  )
}
