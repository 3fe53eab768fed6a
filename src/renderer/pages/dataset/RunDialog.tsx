/** A probe pack over many images: which images, which pack, what is wrong with it and where, what it would ask. */
import { FileText } from 'lucide-react'
import { useEffect, useState } from 'react'
import type { TextFile } from '../../../shared/contract/probes.ts'
import { textOf } from '../../files/text-of.ts'
import type { AltKind } from '../../../shared/types.ts'
import { plural } from '../../format.ts'
import { KIND_NAMES } from '../../kinds.ts'
import { useLibrary } from '../../stores/library.ts'
import {
  allImageIds,
  checkPack,
  runProbes,
  type Checked,
  type ChosenPack,
} from '../../stores/probe-run.ts'
import { showSheet } from '../../stores/screen.ts'
import { useStatus } from '../../stores/status.ts'
import { showError } from '../../stores/toasts.ts'
import { CaptionerField, useChosenCaptioner } from '../../components/CaptionerSelect.tsx'
import { KindChip } from '../../components/KindGlyph.tsx'
import { SendingLine } from '../../components/SendAway.tsx'
import { Button } from '../../ui/Button.tsx'
import { Sheet } from '../../ui/Sheet.tsx'
import { endpointBlock } from '../../captioners.ts'

const LARGEST = 4_000_000
const DEFAULT_PACK: ChosenPack = { file: null, taxonomy: null }

function pickFile(onFile: (file: TextFile) => void): void {
  const input = document.createElement('input')
  input.type = 'file'
  input.accept = '.yaml,.yml,.json'
  input.addEventListener('change', () => {
    const [file] = input.files ?? []
    if (!file) return
    textOf(file.slice(0, LARGEST))
      .then((text) => onFile({ name: file.name.slice(-500), text }))
      .catch(showError)
  })
  input.click()
}

/** What the pack would do to these images; asked again when either changes. */
function useCheck(chosen: ChosenPack, imageIds: readonly string[] | null): Checked | null {
  const [checked, setChecked] = useState<Checked | null>(null)
  useEffect(() => {
    if (!imageIds) return
    const abort = new AbortController()
    setChecked(null)
    checkPack(chosen, imageIds, abort.signal).then(setChecked).catch(showError)
    return () => abort.abort()
  }, [chosen, imageIds])
  return checked
}

/** Beside a line of a file kinds are called as in the file, elsewhere as on the page. */
const inWords = (message: string): string =>
  message.replace(/^[a-z-]+(?=: )/, (kind) => KIND_NAMES[kind as AltKind] ?? kind)

function Faults({ title, faults }: { readonly title: string; readonly faults: Checked['faults'] }) {
  if (faults.length === 0) return null
  return (
    <div role="group" aria-label={title}>
      <h3 className="label">{title}</h3>
      <ul className="faults">
        {faults.map(({ line, message }, index) => (
          <li key={index} className={line === null ? 'whole' : undefined}>
            {line !== null && <span className="line">line {line}</span>}
            <span>{line === null ? inWords(message) : message}</span>
          </li>
        ))}
      </ul>
    </div>
  )
}

function Planned({ rows }: Pick<Checked, 'rows'>) {
  return (
    <div className="planned" tabIndex={0} role="group" aria-label="Alt-texts of the first images">
      {rows.map(({ imageId, imageName, conditions }) => (
        <div key={imageId}>
          <h3 className="clip" title={imageName}>
            {imageName}
          </h3>
          <dl>
            {conditions.map(({ altKind, text }, index) => (
              <div key={index} className="contents">
                <dt>
                  <KindChip kind={altKind} />
                </dt>
                <dd className="alt" dir="auto">
                  “{text.length > 300 ? `${text.slice(0, 300)}…` : text}”
                </dd>
              </div>
            ))}
          </dl>
        </div>
      ))}
    </div>
  )
}

function useImages(): {
  readonly ids: readonly string[] | null
  readonly all: boolean
  readonly chooseAll: (all: boolean) => void
} {
  const selected = useLibrary((state) => state.selected)
  const [all, chooseAll] = useState(selected.length === 0)
  const [every, setEvery] = useState<readonly string[] | null>(null)
  useEffect(() => {
    allImageIds().then(setEvery).catch(showError)
  }, [])
  return { ids: all ? every : selected, all, chooseAll }
}

function blockedBy(ids: readonly string[] | null, checked: Checked | null): string | null {
  if (!ids || !checked) return 'The pack is being read'
  if (ids.length === 0) return 'There are no images yet: add some in Library'
  if (checked.faults.length > 0) return 'The pack has faults'
  if (checked.captions === 0) return 'The pack asks nothing of these images'
  return null
}

export function RunDialog() {
  const [chosen, setChosen] = useState<ChosenPack>(DEFAULT_PACK)
  const { file, taxonomy } = chosen
  const { ids, all, chooseAll } = useImages()
  const selected = useLibrary((state) => state.selected.length)
  // Not the count of the library's list: that one follows its search.
  const total = useStatus((state) => state.status?.workspace.images ?? 0)
  const checked = useCheck(chosen, ids)
  const captioner = useChosenCaptioner()
  const mayNot = useStatus(({ bundles }) => endpointBlock(bundles, captioner))
  const blocked = mayNot ?? blockedBy(ids, checked)
  const start = () => {
    if (!ids || !checked) return
    showSheet(null)
    void runProbes({
      name: checked.name,
      pack: checked.pack,
      imageIds: ids,
      captionerId: captioner,
    })
  }
  return (
    <Sheet title="Run a probe pack" wide onClose={() => showSheet(null)}>
      <fieldset className="choices">
        <legend className="label">Images</legend>
        <label className="choice">
          <input type="radio" name="images" checked={all} onChange={() => chooseAll(true)} />
          <span className="grow">All images</span>
          <span className="dim num">{plural(total, 'image')}</span>
        </label>
        <label className={selected > 0 ? 'choice' : 'choice off'}>
          <input
            type="radio"
            name="images"
            checked={!all}
            aria-disabled={selected === 0}
            onChange={() => selected > 0 && chooseAll(false)}
          />
          <span className="grow">Selected in Library</span>
          <span className="dim num">
            {selected > 0 ? plural(selected, 'image') : 'nothing is selected there'}
          </span>
        </label>
      </fieldset>
      <div className="settings">
        <CaptionerField />
      </div>
      <div className="pack-file">
        <span className="grow">
          <b>{file ? file.name : 'The default pack'}</b>
          {checked && checked.kinds.length > 0 && (
            <span className="dim">
              {' '}
              {checked.kinds
                .map((kind) => KIND_NAMES[kind as keyof typeof KIND_NAMES] ?? kind)
                .join(', ')}
              ; seed {checked.seed}
            </span>
          )}
        </span>
        {file && <Button onPress={() => setChosen(DEFAULT_PACK)}>Default pack</Button>}
        <Button
          icon={<FileText className="icon" aria-hidden="true" />}
          onPress={() => pickFile((file) => setChosen({ file, taxonomy: null }))}
        >
          Choose a file
        </Button>
      </div>
      {(checked?.needs || taxonomy) && (
        <div className="pack-file">
          <span className="grow">
            {taxonomy ? (
              <>
                <b>{taxonomy.name}</b> <span className="dim">its taxonomy</span>
              </>
            ) : (
              'Its classes and their parents are in a file of their own.'
            )}
          </span>
          <Button
            icon={<FileText className="icon" aria-hidden="true" />}
            onPress={() => pickFile((one) => setChosen({ file, taxonomy: one }))}
          >
            {checked?.needs ? `Choose ${checked.needs}` : 'Choose another taxonomy'}
          </Button>
        </div>
      )}
      {checked?.about && <p className="alt">{checked.about}</p>}
      {checked && <Faults title="What is wrong with it" faults={checked.faults} />}
      {checked && <Faults title="Left out" faults={checked.skipped} />}
      {checked && checked.rows.length > 0 && <Planned rows={checked.rows} />}
      {ids && checked && <SendingLine questions={checked.captions} pictures={ids.length} />}
      <div className="form-end">
        <span className="grow num" role="status">
          {checked?.captions === 0
            ? `${blocked}.`
            : checked
              ? plural(checked.captions, 'caption')
              : 'Reading the pack'}
        </span>
        <Button onPress={() => showSheet(null)}>Cancel</Button>
        <Button look="primary" blocked={blocked} onPress={start}>
          Start
        </Button>
      </div>
    </Sheet>
  )
}
