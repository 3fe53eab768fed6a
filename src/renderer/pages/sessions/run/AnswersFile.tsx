/** Answers that come back as files: of task pages, or a study export of another workspace. */
import { Upload } from 'lucide-react'
import { useState } from 'react'
import { pickText } from '../../../files/pick-text.ts'
import { plural } from '../../../format.ts'
import { importAnswers, type ImportedAnswers } from '../../../stores/studies.ts'
import { showError } from '../../../stores/toasts.ts'
import { Button } from '../../../ui/Button.tsx'

interface Done extends ImportedAnswers {
  readonly file: string
}

function Result({ done }: { readonly done: Done }) {
  const { file, added, known, conflicts, twice, refused } = done
  return (
    <div role="status">
      <p>
        <b className="wrap" dir="auto">
          {file}
        </b>
        : {plural(added, 'answer')} new, {known} known
        {conflicts > 0 && `, ${conflicts} in conflict`}
        {refused.length > 0 && `, ${refused.length} refused`}
      </p>
      {twice > 0 && (
        <p>
          {plural(twice, 'question')} answered twice and differently by one rater, on two devices:
          the later answer counts.
        </p>
      )}
      {refused.length > 0 && (
        <ul className="refusals mid">
          {refused.slice(0, 10).map((reason) => (
            <li key={reason}>{reason}</li>
          ))}
        </ul>
      )}
    </div>
  )
}

export function AnswersFile() {
  const [done, setDone] = useState<Done | null>(null)
  const choose = async (): Promise<void> => {
    try {
      const picked = await pickText('.json,.jsonl')
      const result = picked && (await importAnswers(picked.text))
      if (picked && result) setDone({ ...result, file: picked.name })
    } catch (error) {
      showError(error)
    }
  }
  return (
    <section className="sheet run-panel" aria-labelledby="answers-title">
      <h2 id="answers-title">Answers from files</h2>
      <p className="mid">
        A task file gives …-answers.json; a study export gives study.jsonl. Adding one twice changes
        nothing.
      </p>
      <div className="together">
        <Button icon={<Upload className="icon" aria-hidden="true" />} onPress={() => void choose()}>
          Add answers
        </Button>
      </div>
      {done && <Result done={done} />}
    </section>
  )
}
