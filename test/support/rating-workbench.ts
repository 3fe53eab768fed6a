/** A workbench for rating pages in a browser: a fake engine whose every picture is one red pixel. */
import { openWorkbench, type Workbench } from '../../src/workbench.ts'
import { createFakeEngine } from './fake-engine.ts'

const PIXEL =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGP4z8AAAAMBAQDJ/pLvAAAAAElFTkSuQmCC'

/** One red pixel, as pages are told of it. */
export const PIXEL_URL = `data:image/png;base64,${PIXEL}`

export function openRatingWorkbench(): Promise<Workbench> {
  const pixel = () => Promise.resolve(new Uint8Array(Buffer.from(PIXEL, 'base64')))
  return openWorkbench({
    workspaceFile: ':memory:',
    engine: { ...createFakeEngine(), display: pixel, asSeen: pixel },
    appVersion: '0.0.0-test',
    hostName: 'test',
  })
}
