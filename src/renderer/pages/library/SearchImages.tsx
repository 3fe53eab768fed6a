/** The search over names and class names. */
import { searchImages, useLibrary } from '../../stores/library.ts'
import { SearchField } from '../../ui/SearchField.tsx'

const ask = (words: string): void => void searchImages(words)

export function SearchImages() {
  return (
    <SearchField
      id="library-search"
      label="Search images"
      placeholder="Name or class name"
      asked={useLibrary((state) => state.search)}
      pauseMs={200}
      onAsk={ask}
    />
  )
}
