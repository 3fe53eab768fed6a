/** Export: captions become a table for a paper or data for a program; what is chosen is seen at once. */
import { showSheet } from '../stores/screen.ts'
import { Button } from '../ui/Button.tsx'
import { Progress } from '../ui/Progress.tsx'
import { Sheet } from '../ui/Sheet.tsx'
import { ExportOptions } from './ExportOptions.tsx'
import { useExport, type Request } from './export-store.ts'
import { PreviewPane } from './PreviewPane.tsx'
import { useChosen } from './request.ts'
import { cancelSaving, saveFile, useSaving } from './save-file.ts'

function close(): void {
  cancelSaving()
  showSheet(null)
}

async function save(request: Request): Promise<void> {
  if (await saveFile(request)) showSheet(null)
}

function Foot({
  request,
  blocked,
}: {
  readonly request: Request
  readonly blocked: string | null
}) {
  const { saving } = useSaving()
  const name = useExport((state) => state.name)
  if (saving)
    return (
      <div className="export-foot progress" role="status">
        <b>{saving.words}</b>
        <Progress label="Exporting" fraction={saving.fraction} />
        <Button look="quiet" onPress={cancelSaving}>
          Cancel
        </Button>
      </div>
    )
  return (
    <form
      className="export-foot"
      onSubmit={(event) => {
        event.preventDefault()
        if (blocked === null) void save(request)
      }}
    >
      <label className="grow">
        <span className="label">File</span>
        <input
          className="text-input"
          value={name ?? request.name ?? ''}
          maxLength={100}
          onChange={(event) => useExport.setState({ name: event.target.value })}
        />
      </label>
      <span className="mono">.{request.format}</span>
      <Button onPress={close}>Close</Button>
      <Button look="primary" keys="Enter" blocked={blocked} onPress={() => void save(request)}>
        Save
      </Button>
    </form>
  )
}

export function ExportDialog() {
  const { scopes, request, blocked } = useChosen()
  return (
    <Sheet title="Export" full onClose={close}>
      <div className="export">
        <ExportOptions {...{ scopes, blocked }} selection={request.selection ?? {}} />
        <PreviewPane {...{ request, blocked }} />
      </div>
      <Foot {...{ request, blocked }} />
    </Sheet>
  )
}
