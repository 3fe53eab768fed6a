/** Adding a model from a folder: a bundle, or a CLIP as a Hugging Face folder in ONNX. */
import { FolderPlus } from 'lucide-react'
import { addModel, cancelAdding, useModelWork } from '../../stores/model-work.ts'
import { copyText } from '../../actions.ts'
import { useStatus } from '../../stores/status.ts'
import { Button } from '../../ui/Button.tsx'
import { Progress } from '../../ui/Progress.tsx'

const COMMAND = 'npm run -s realign -- models add FOLDER'

function AddButton() {
  const adding = useModelWork((state) => state.adding)
  const host = useStatus((state) => state.status?.host)
  if (adding)
    return (
      <div className="progress" role="status">
        {adding.phase}
        <Progress label="Adding a model" fraction={adding.fraction} />
        <Button look="quiet" onPress={cancelAdding}>
          Cancel
        </Button>
      </div>
    )
  // Only the desktop has a dialog for folders of this machine: a page must not name one.
  if (host !== 'desktop')
    return (
      <div className="folder">
        <code>{COMMAND}</code>
        <Button onPress={() => void copyText(COMMAND, 'Command')}>Copy</Button>
      </div>
    )
  return (
    <div>
      <Button
        icon={<FolderPlus className="icon" aria-hidden="true" />}
        onPress={() => void addModel()}
      >
        Add from a folder
      </Button>
    </div>
  )
}

export function AddFolder() {
  return (
    <>
      <h3>A bundle, or a CLIP to score with</h3>
      <p>
        A bundle is a folder with a manifest.json, graphs and tokenizers, as models/README.md
        describes; the exporter there makes one from a checkpoint. A CLIP in ONNX, as Hugging Face
        has many, becomes a scorer as it is: config.json, preprocessor_config.json, tokenizer.json,
        and vision_model.onnx with text_model.onnx, there or in onnx/ below. The folder is copied;
        nothing in it is changed, and nothing is fetched.
      </p>
      <AddButton />
    </>
  )
}
