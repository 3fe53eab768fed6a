/** A caption in the text face, whole and literal; phrases that the baseline does not have are underlined. */
import { differingPhrases } from '../sheet/differing-phrases.ts'

export interface CaptionTextProps {
  readonly text: string
  /** The baseline's caption, or null where nothing is compared. */
  readonly against: string | null
}

export function CaptionText({ text, against }: CaptionTextProps) {
  if (text === '') return <p className="caption dim">The captioner said nothing.</p>
  const parts = against === null ? [{ text, differs: false }] : differingPhrases(against, text)
  return (
    <p className="caption" dir="auto">
      {parts.map((part, index) =>
        part.differs ? (
          <span key={index} className="differs">
            {part.text}
          </span>
        ) : (
          part.text
        ),
      )}
    </p>
  )
}
