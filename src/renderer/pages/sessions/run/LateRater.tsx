/** Somebody who joins after the start. */
import { UserPlus } from 'lucide-react'
import { useState } from 'react'
import { addRaters, type StudyDetail } from '../../../stores/studies.ts'
import { Button } from '../../../ui/Button.tsx'

export function LateRater({ detail }: { readonly detail: StudyDetail }) {
  const { protocol, progress } = detail
  const [name, setName] = useState('')
  const wanted = name.trim()
  const taken = progress.raters.some((rater) => rater.name === wanted)
  const blocked =
    wanted === '' ? 'Write a pseudonym first' : taken ? 'This pseudonym is taken' : null
  const add = async (): Promise<void> => {
    if (blocked === null && (await addRaters(protocol.id, [wanted]))) setName('')
  }
  return (
    <form
      className="late-rater"
      onSubmit={(event) => {
        event.preventDefault()
        void add()
      }}
    >
      <input
        className="text-input"
        aria-label="Pseudonym of a rater who joins late"
        placeholder="Another rater"
        maxLength={100}
        value={name}
        onChange={(event) => setName(event.target.value)}
      />
      <Button
        icon={<UserPlus className="icon" aria-hidden="true" />}
        blocked={blocked}
        onPress={() => void add()}
      >
        Add
      </Button>
      <span className="why">The plan grows for them; nobody else’s order changes.</span>
    </form>
  )
}
