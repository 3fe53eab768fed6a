/** Every text that the image had, newest first. An older one goes back into the box; saving makes a new version of it. */
import { RotateCcw } from 'lucide-react'
import type { AnnotationItem } from '../../../../shared/annotation.ts'
import { formatSeconds, formatWhen, plural } from '../../../format.ts'
import { versionLines, type VersionLine } from '../../../rounds/item-view.ts'
import { changeBox, useRewrite } from '../../../stores/rounds-rewrite.ts'
import { Button } from '../../../ui/Button.tsx'
import { focusBox } from './box.ts'
import { useMayWrite } from './use-may-write.ts'

function restore(text: string): void {
  changeBox({ text })
  focusBox()
}

function Version({ line }: { readonly line: VersionLine }) {
  const { by, round, text, counts } = line
  const may = useMayWrite()
  const inBox = useRewrite((state) => state.box.text === text)
  return (
    <li>
      <div className="version-head">
        <b>Round {round}</b>
        <span className="grow dim">
          {by
            ? `${by.annotator}, ${formatWhen(by.createdAt)}, ${formatSeconds(by.seconds)}`
            : 'the start'}
          {!counts && ', written again since'}
        </span>
        <Button
          look="quiet"
          icon={<RotateCcw className="icon" aria-hidden="true" />}
          label={`Put round ${round}${by ? ` by ${by.annotator}` : ''} into the box`}
          blocked={
            inBox ? 'It stands in the box' : may ? null : 'This round is not yours to write now'
          }
          onPress={() => restore(text)}
        >
          Put into the box
        </Button>
      </div>
      <p className={text === '' ? 'dim' : 'caption'} dir="auto">
        {text === '' ? 'No text' : text}
      </p>
      {by && by.note !== '' && (
        <p className="dim" dir="auto">
          Note: {by.note}
        </p>
      )}
    </li>
  )
}

export function Versions({ item }: { readonly item: AnnotationItem }) {
  const lines = versionLines(item)
  return (
    <details className="versions">
      <summary>{plural(lines.length, 'version')}</summary>
      <ol aria-label="Versions">
        {lines.map((line) => (
          <Version key={line.key} line={line} />
        ))}
      </ol>
    </details>
  )
}
