/** Child process: captions the tiny bundle on REALIGN_DEVICE and prints device, golden difference and words as JSON. */
import { createLocalEngine } from '../../src/engine/local-engine.ts'
import { collect, goldenPicture, jobOf, never, tinyFolder } from './engine-bundle.ts'

const engine = createLocalEngine({
  modelFolders: [tinyFolder],
  device: process.env['REALIGN_DEVICE'],
  quiet: true,
})
const summary = await engine.check('tiny')
const altTexts = ['', 'conch', 'great gray owl']
const { captions, result } = await collect(
  engine.caption(jobOf(await goldenPicture(), altTexts), never()),
)
process.stdout.write(
  JSON.stringify({
    device: summary.device,
    ran: result.model.device,
    tokens: captions.map((one) => one.tokenIds),
  }),
)
await engine.close()
process.exit(0) // the software GPU may keep threads
