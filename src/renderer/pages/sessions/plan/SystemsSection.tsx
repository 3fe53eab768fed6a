/** What is compared: captioners under alt-text conditions, from cells of the workspace or from a file. */
import { FileText } from 'lucide-react'
import { KindChip } from '../../../components/KindGlyph.tsx'
import { pickText } from '../../../files/pick-text.ts'
import { plural } from '../../../format.ts'
import { useStatus } from '../../../stores/status.ts'
import { changePlan, sourceName, usePlan, type Source } from '../../../stores/study-plan.ts'
import { showError } from '../../../stores/toasts.ts'
import { parseCaptions } from '../../../study/parse-captions.ts'
import { systemNames, type ChosenSystem } from '../../../study/plan-form.ts'
import { Button } from '../../../ui/Button.tsx'
import { Choice, Section } from './fields.tsx'
import { nameOf } from '../../../captioners.ts'

type Key = Pick<Source, 'captionerId' | 'altKind'>
const isSame = (a: Key, b: Key) => a.captionerId === b.captionerId && a.altKind === b.altKind

function SourceRow({ source, total }: { readonly source: Source; readonly total: number }) {
  const systems = usePlan((state) => state.form.systems)
  const bundles = useStatus((state) => state.bundles)
  const chosen = systems.find((one) => isSame(one, source))
  const captioner = nameOf(bundles, source.captionerId)
  const set = (systems: readonly ChosenSystem[]) => changePlan({ systems })
  return (
    <tr>
      <td>
        <label className="check">
          <input
            type="checkbox"
            checked={chosen !== undefined}
            onChange={(event) =>
              set(
                event.target.checked
                  ? [
                      ...systems,
                      {
                        captionerId: source.captionerId,
                        altKind: source.altKind,
                        name: sourceName(source),
                      },
                    ]
                  : systems.filter((one) => !isSame(one, source)),
              )
            }
          />
          <span className="wrap">
            <span className="clamp" title={captioner}>
              {captioner}
            </span>
            <KindChip kind={source.altKind} />
          </span>
        </label>
      </td>
      <td className="num">
        {source.images} of {total}
      </td>
      <td>
        <input
          className="text-input"
          aria-label={`Name of ${captioner}, ${source.altKind}`}
          maxLength={200}
          disabled={!chosen}
          value={chosen?.name ?? ''}
          onChange={(event) =>
            set(
              systems.map((one) =>
                isSame(one, source) ? { ...one, name: event.target.value } : one,
              ),
            )
          }
        />
      </td>
    </tr>
  )
}

function Cells() {
  const sources = usePlan((state) => state.sources)
  if (!sources) return <p className="dim">Looking for captions</p>
  // The fault of the section says what to do.
  if (sources.sources.length === 0) return null
  return (
    <table className="systems">
      <thead>
        <tr>
          <th scope="col">Captioner and alt-text</th>
          <th scope="col">Images</th>
          <th scope="col">Name in the report</th>
        </tr>
      </thead>
      <tbody>
        {sources.sources.map((source) => (
          <SourceRow
            key={`${source.captionerId}/${source.altKind}`}
            source={source}
            total={sources.images}
          />
        ))}
      </tbody>
    </table>
  )
}

async function chooseFile(): Promise<void> {
  try {
    const picked = await pickText('.jsonl,.json,.ndjson')
    if (picked) changePlan({ captions: { fileName: picked.name, ...parseCaptions(picked.text) } })
  } catch (error) {
    showError(error)
  }
}

function File() {
  const captions = usePlan((state) => state.form.captions)
  const form = usePlan((state) => state.form)
  return (
    <div className="captions-file">
      <div className="together">
        <Button
          icon={<FileText className="icon" aria-hidden="true" />}
          onPress={() => void chooseFile()}
        >
          Choose a file
        </Button>
      </div>
      {captions ? (
        <p className="wrap">
          <b dir="auto">{captions.fileName}</b>, {plural(captions.rows.length, 'caption')} by{' '}
          {systemNames(form).join(', ')}
        </p>
      ) : (
        <p className="why">
          One JSON object a line, with <code>image</code> (file name or content hash),{' '}
          <code>system</code>, <code>caption</code> and, if there is one, <code>altText</code>.
        </p>
      )}
    </div>
  )
}

export function SystemsSection() {
  const source = usePlan((state) => state.form.source)
  return (
    <Section
      title="Systems"
      note="A captioner under an alt-text condition. Raters never see these names."
      faults={['systems']}
    >
      <Choice
        label="Captions from"
        value={source}
        options={[
          ['cells', 'Cells of this workspace'],
          ['file', 'Captions from a file'],
        ]}
        onChange={(value) => changePlan({ source: value })}
      />
      {source === 'cells' ? <Cells /> : <File />}
    </Section>
  )
}
