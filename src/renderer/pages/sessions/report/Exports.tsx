/** Everything the study leaves behind, as files: whole, or without persons. */
import { Download, KeyRound, TriangleAlert } from 'lucide-react'
import { useState } from 'react'
import { saveText } from '../../../files/save-text.ts'
import { formatBytes } from '../../../format.ts'
import { exportStudy, studyKey, type Exported } from '../../../stores/study-report.ts'
import { toCsv } from '../../../study/to-csv.ts'
import { Button } from '../../../ui/Button.tsx'
import { Choice } from '../plan/fields.tsx'

type Level = 'full' | 'anonymous'

const NOTES: Readonly<Record<Level, string>> = {
  full: 'With pseudonyms, clock times and content hashes: for your own archive, and to go on in another workspace.',
  anonymous:
    'Other rater numbers in an unrelated order, no clock times, no notes or other words of raters, no image names: for publication.',
}

interface File {
  readonly name: string
  readonly content: string | Uint8Array<ArrayBuffer>
}

const filesOf = ({ files, binaries, tables }: Exported): readonly File[] => [
  ...files.map(({ name, text }) => ({ name, content: text })),
  ...tables.map((table) => ({ name: `${table.name}.csv`, content: toCsv(table) })),
  // Bytes in memory of this page, which a file can be made of.
  ...binaries.map(({ name, bytes }) => ({ name, content: new Uint8Array(bytes) })),
]

/** Apart from the export it opens, and only when it is asked for. */
async function saveKey(studyId: string): Promise<void> {
  const rows = await studyKey(studyId)
  if (!rows) return
  const table = {
    name: 'key',
    columns: ['label', 'rater', 'pseudonym'],
    rows: rows.map(({ label, rater, name }) => [label, rater, name]),
  }
  saveText('rater-key.csv', toCsv(table))
}

export function Exports({ studyId }: { readonly studyId: string }) {
  const [level, setLevel] = useState<Level>('full')
  const [made, setMade] = useState<{ readonly level: Level; readonly all: Exported } | null>(null)
  const [working, setWorking] = useState(false)
  const make = async (): Promise<void> => {
    setWorking(true)
    const all = await exportStudy(studyId, level)
    if (all) setMade({ level, all })
    setWorking(false)
  }
  const prefix = made?.level === 'anonymous' ? 'anonymous-' : ''
  return (
    <section className="sheet report-part" aria-labelledby="exports-title">
      <div className="report-head">
        <h3 id="exports-title" className="grow">
          Export
        </h3>
        <Choice
          label="What leaves"
          value={level}
          options={[
            ['full', 'Full'],
            ['anonymous', 'Anonymous'],
          ]}
          onChange={(value) => {
            setLevel(value)
            setMade(null)
          }}
        />
        <Button
          look="primary"
          blocked={working ? 'The files are being made' : null}
          onPress={() => void make()}
        >
          Make the files
        </Button>
      </div>
      <p className="mid">{NOTES[level]}</p>
      {made?.all.warnings.map((words) => (
        <p key={words} className="warn">
          <TriangleAlert className="icon" aria-hidden="true" />
          <span>{words}</span>
        </p>
      ))}
      {made && (
        <ul className="files" aria-label="Files">
          {filesOf(made.all).map(({ name, content }) => (
            <li key={name}>
              <button type="button" onClick={() => saveText(`${prefix}${name}`, content)}>
                <Download className="icon" aria-hidden="true" />
                <span className="grow">{name}</span>
                <span className="dim num">{formatBytes(new Blob([content]).size)}</span>
              </button>
            </li>
          ))}
        </ul>
      )}
      {made?.level === 'anonymous' && (
        <div className="together">
          <Button
            look="quiet"
            icon={<KeyRound className="icon" aria-hidden="true" />}
            onPress={() => void saveKey(studyId)}
          >
            Key of the raters, never to be kept beside it
          </Button>
        </div>
      )}
    </section>
  )
}
