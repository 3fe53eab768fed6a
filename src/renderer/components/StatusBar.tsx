/** The line at the bottom: captioner and device, pace, queue, scorer, workspace, and the keys of the screen. */
import { isEndpoint } from '../../shared/endpoint-names.ts'
import { commandsOf, type Command } from '../commands.ts'
import { deviceName, formatCount, plural, shortened } from '../format.ts'
import { useRounds } from '../stores/rounds.ts'
import { useScreen, type Screen } from '../stores/screen.ts'
import { useStatus } from '../stores/status.ts'
import { Kbd } from '../ui/Kbd.tsx'
import { useChosenCaptioner } from './CaptionerSelect.tsx'
import { hostsAllowed, nameOf, titleOf } from '../captioners.ts'

const SHOWN: Readonly<Record<Screen, readonly string[]>> = {
  compare: ['Next caption', 'Previous caption', 'Next mark', 'Write an alt-text', 'All keys'],
  dataset: ['Next row', 'Previous row', 'Search captions', 'Run a probe pack', 'All keys'],
  library: ['Search images', 'Add files', 'All keys'],
  models: ['All keys'],
  sessions: ['All keys'],
  rounds: ['Save and go on', 'Next image', 'Score this text', 'All keys'],
}

const SHORT: Readonly<Record<string, string>> = {
  'Next caption': 'next',
  'Previous caption': 'previous',
  'Next mark': 'mark',
  'Write an alt-text': 'alt-text',
  'Next image': 'next image',
  'Next row': 'next',
  'Previous row': 'previous',
  'Search captions': 'search',
  'Run a probe pack': 'run a pack',
  'Search images': 'search',
  'Add files': 'add files',
  'Save and go on': 'save',
  'Score this text': 'score',
  'All keys': 'all keys',
}

/** From the last to the first: where the line is too narrow, the stylesheet drops the first ones. */
function Keys() {
  const screen = useScreen((state) => state.screen)
  // Only the studio writes; the other views of Rounds have the keys of all screens.
  const writes = useRounds(({ view, openId }) => view === 'rewrite' && openId !== null)
  const titles = screen === 'rounds' && !writes ? ['All keys'] : SHOWN[screen]
  const shown = titles.flatMap(
    (title) => commandsOf(screen).find((command) => command.title === title) ?? [],
  )
  return (
    <span className="keys" aria-hidden="true">
      {shown.toReversed().map((command: Command) => (
        <span key={command.title}>
          <Kbd keys={command.keys} /> {SHORT[command.title]}
        </span>
      ))}
    </span>
  )
}

/** Of a name: what stands after it is as important. */
const MOST_LETTERS = 32

function Engine() {
  const status = useStatus((state) => state.status)
  const bundles = useStatus((state) => state.bundles)
  const captioner = useChosenCaptioner()
  const answers = useStatus((state) => state.answers)
  // What was known last is no longer so; a message can be closed, this stays.
  if (!answers)
    return (
      <span role="status">
        <b>Not running.</b> Start the workbench again, then reload this page.
      </span>
    )
  if (!status) return <span>Connecting</span>
  const { engine, defaultScorer } = status
  // The engine's device and pace are those of bundles.
  const behind = captioner !== null && isEndpoint(captioner)
  const hosts = hostsAllowed(bundles)
  const scorer = defaultScorer === null ? 'none' : nameOf(bundles, defaultScorer)
  return (
    <>
      <span
        className={behind ? 'clip' : undefined}
        title={[
          captioner === null ? '' : titleOf(bundles, captioner),
          behind ? '' : (engine.device?.reason ?? ''),
        ]
          .filter(Boolean)
          .join(', ')}
      >
        {captioner === null ? (
          <b>No captioner</b>
        ) : (
          <>
            <b>{titleOf(bundles, captioner, MOST_LETTERS)}</b>
            {!behind && engine.device ? ` on ${deviceName(engine.device.device)}` : ''}
          </>
        )}
      </span>
      {engine.tokensPerSecond !== null && !behind && (
        <span className="num">
          <b>{Math.round(engine.tokensPerSecond)}</b> tokens a second
        </span>
      )}
      <span className="num">
        Queue <b>{formatCount(engine.queue)}</b>
      </span>
      <span title={scorer}>
        Scorer <b>{shortened(scorer, MOST_LETTERS)}</b>
      </span>
      <span title={`${status.workspace.name}, ${plural(status.workspace.cells, 'caption')}`}>
        {hosts.length === 0 && 'Offline, '}
        <b>{shortened(status.workspace.name, MOST_LETTERS)}</b>
      </span>
      {hosts.length > 0 && (
        <span className="clip" title={hosts.join(', ')}>
          May send to <b>{hosts.length === 1 ? hosts[0] : plural(hosts.length, 'host')}</b>
        </span>
      )}
      {status.preparing && <span>Making the sample project</span>}
    </>
  )
}

export function StatusBar() {
  return (
    <footer className="status">
      <Engine />
      <Keys />
    </footer>
  )
}
