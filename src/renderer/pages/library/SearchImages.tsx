/** The search over names and class names; asks after a short pause in typing. */
import { Search } from 'lucide-react'
import { useEffect, useState } from 'react'
import { searchImages, useLibrary } from '../../stores/library.ts'

const PAUSE_MS = 200

export function SearchImages() {
  const [words, setWords] = useState(useLibrary.getState().search)
  useEffect(() => {
    if (words === useLibrary.getState().search) return
    const timer = setTimeout(() => void searchImages(words), PAUSE_MS)
    return () => clearTimeout(timer)
  }, [words])
  return (
    <div className="field">
      <Search className="icon" aria-hidden="true" />
      <input
        id="library-search"
        type="search"
        aria-label="Search images"
        placeholder="Name or class name"
        maxLength={200}
        value={words}
        onChange={(event) => setWords(event.target.value)}
      />
      <kbd aria-hidden="true">/</kbd>
    </div>
  )
}
