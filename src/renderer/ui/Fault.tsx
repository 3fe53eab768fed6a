/** What is wrong with a field, in words beside a sign. */
import { TriangleAlert } from 'lucide-react'

export const Fault = ({ words }: { readonly words: string }) => (
  <p className="fault wrap">
    <TriangleAlert className="icon" aria-hidden="true" />
    <span>{words}</span>
  </p>
)
