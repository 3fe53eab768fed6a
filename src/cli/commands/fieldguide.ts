/** `realign fieldguide`: drawn pictures with known truth, the same bytes for the same seed. */
import { appendFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { makeFolder } from '../../files/make-folder.ts'
import { RealignError } from '../../shared/errors.ts'
import { drawPictures, type RenderDrawing } from '../../workbench/field-guide.ts'
import { note } from '../output.ts'
import { createProgress } from '../progress.ts'

export interface FieldGuideFlags {
  readonly seed: string
  readonly count: number
  readonly out: string
  readonly size: number
}

export async function fieldGuideCommand(
  flags: FieldGuideFlags,
  render: RenderDrawing,
): Promise<number> {
  if (!(flags.count >= 1 && flags.count <= 1_000_000))
    throw new RealignError('bad-input', '--count must be between 1 and 1,000,000')
  await makeFolder(flags.out)
  const truthFile = path.join(flags.out, 'truth.jsonl')
  await writeFile(truthFile, '')
  const progress = createProgress()
  let done = 0
  for await (const { file, png, truth } of drawPictures(flags, render)) {
    await writeFile(path.join(flags.out, file), png)
    await appendFile(truthFile, `${JSON.stringify(truth)}\n`)
    progress.show(++done / flags.count, file)
  }
  progress.stop()
  note(`${done} pictures and truth.jsonl in ${flags.out}`)
  return 0
}
