/** `realign fieldguide`: drawn pictures with known truth, the same bytes for the same seed. */
import { appendFile, readdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { TRUTH_FILE } from '../../core/probes/truth-lines.ts'
import { setMember } from '../../fieldguide/picture.ts'
import { makeFolder } from '../../files/make-folder.ts'
import { writeWhole } from '../../files/write-atomically.ts'
import { RealignError } from '../../shared/errors.ts'
import { plural } from '../../shared/plural.ts'
import { drawPictures, type RenderDrawing } from '../../workbench/field-guide.ts'
import { note } from '../output.ts'
import { createProgress } from '../progress.ts'

export interface FieldGuideFlags {
  readonly seed: string
  readonly count: number
  readonly out: string
  readonly size: number
}

/** Only a folder that holds drawings already is drawn into again: anybody's picture may be called 000000.png. */
async function assertNoPictures(folder: string, count: number): Promise<void> {
  const there = new Set(await readdir(folder))
  if (there.has(TRUTH_FILE)) return
  for (let i = 0; i < count; i++) {
    const { file } = setMember('', i)
    if (there.has(file))
      throw new RealignError('bad-input', `${folder} holds a ${file} that is no drawing of ours`, {
        hint: 'Name an empty folder, or one that fieldguide drew into before.',
      })
  }
}

export async function fieldGuideCommand(
  flags: FieldGuideFlags,
  render: RenderDrawing,
): Promise<number> {
  if (!(flags.count >= 1 && flags.count <= 1_000_000))
    throw new RealignError('bad-input', '--count must be between 1 and 1,000,000')
  await makeFolder(flags.out)
  await assertNoPictures(flags.out, flags.count)
  const truthFile = path.join(flags.out, TRUTH_FILE)
  await writeFile(truthFile, '')
  const progress = createProgress()
  let done = 0
  for await (const { file, png, truth } of drawPictures(flags, render)) {
    await writeWhole(path.join(flags.out, file), png)
    await appendFile(truthFile, `${JSON.stringify(truth)}\n`)
    progress.show(++done / flags.count, file)
  }
  progress.stop()
  note(`${plural(done, 'picture')} and ${TRUTH_FILE} in ${flags.out}`)
  return 0
}
