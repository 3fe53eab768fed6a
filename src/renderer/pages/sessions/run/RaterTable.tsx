/** One line a rater: progress, and what can be done for them. */
import { Download, Keyboard, Link, UserMinus } from 'lucide-react'
import { useState } from 'react'
import { client } from '../../../api.ts'
import { saveText } from '../../../files/save-text.ts'
import { handOver } from '../../../stores/hand-over.ts'
import {
  revokeRater,
  useStudies,
  type RaterRow,
  type StudyDetail,
} from '../../../stores/studies.ts'
import { note, showError } from '../../../stores/toasts.ts'
import { Button } from '../../../ui/Button.tsx'
import { Progress } from '../../../ui/Progress.tsx'
import { LateRater } from './LateRater.tsx'
import { HandOverSheet, LinkSheet, WithdrawSheet } from './sheets.tsx'

async function saveTask(studyId: string, rater: RaterRow): Promise<void> {
  try {
    const made = await client.call('studies.taskFile', { studyId, rater: rater.rater })
    saveText(made.name, made.html)
    const about =
      'It opens in any browser, without a network, and gives a file of answers (…-answers.json).'
    note('Task file made', [about, ...made.warnings].join(' '))
  } catch (error) {
    showError(error)
  }
}

type Ask = 'hand-over' | 'link' | 'withdraw'

function stateOf(rater: RaterRow): string {
  if (rater.withdrawn) return 'withdrawn'
  if (rater.done === rater.total) return 'done'
  return rater.invited ? 'has a link' : ''
}

function Actions(props: {
  readonly studyId: string
  readonly rater: RaterRow
  readonly ask: (what: Ask) => void
}) {
  const { studyId, rater, ask } = props
  const noPages = useStudies((state) => state.pages?.available === false)
  const blocked = rater.withdrawn ? `${rater.name} is withdrawn` : null
  const unserved = noPages ? 'This host has no rating pages: hand over the keyboard' : null
  return (
    <div className="rater-actions">
      <Button
        look={rater.done < rater.total && !rater.withdrawn ? 'primary' : 'plain'}
        icon={<Keyboard className="icon" aria-hidden="true" />}
        label={`Hand over to ${rater.name}`}
        blocked={blocked}
        onPress={() => ask('hand-over')}
      >
        Hand over
      </Button>
      <Button
        icon={<Link className="icon" aria-hidden="true" />}
        label={`Link for ${rater.name}`}
        blocked={blocked ?? unserved}
        onPress={() => ask('link')}
      >
        Link
      </Button>
      {rater.invited && !rater.withdrawn && (
        <Button
          look="quiet"
          label={`Revoke the link of ${rater.name}`}
          onPress={() => void revokeRater(studyId, rater.rater)}
        >
          Revoke
        </Button>
      )}
      <Button
        look="quiet"
        icon={<Download className="icon" aria-hidden="true" />}
        label={`Task file for ${rater.name}`}
        blocked={blocked ?? unserved}
        onPress={() => void saveTask(studyId, rater)}
      >
        Task file
      </Button>
      <Button
        look="quiet"
        icon={<UserMinus className="icon" aria-hidden="true" />}
        label={`Withdraw ${rater.name}`}
        blocked={blocked}
        onPress={() => ask('withdraw')}
      >
        Withdraw
      </Button>
    </div>
  )
}

export function RaterTable({ detail }: { readonly detail: StudyDetail }) {
  const [asked, setAsked] = useState<{ readonly what: Ask; readonly rater: RaterRow } | null>(null)
  const { protocol, progress } = detail
  const close = () => setAsked(null)
  const sheet = { studyId: protocol.id, onClose: close }
  return (
    <section className="sheet raters" aria-label="Raters">
      <table>
        <thead>
          <tr>
            <th scope="col">Rater</th>
            <th scope="col" className="rater-progress">
              Items
            </th>
            <th scope="col">
              <span className="sr">Actions</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {progress.raters.map((rater) => (
            <tr key={rater.rater} className={rater.withdrawn ? 'gone' : undefined}>
              <th scope="row" className="wrap" dir="auto">
                {rater.name}
              </th>
              <td className="num">
                <span className="rater-count">
                  {rater.done} of {rater.total}
                  <span className="dim">{stateOf(rater)}</span>
                </span>
                <Progress
                  label={`Items of ${rater.name}`}
                  fraction={rater.total === 0 ? 0 : rater.done / rater.total}
                />
              </td>
              <td>
                <Actions
                  studyId={protocol.id}
                  rater={rater}
                  ask={(what) => setAsked({ what, rater })}
                />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <LateRater detail={detail} />
      {asked?.what === 'hand-over' && (
        <HandOverSheet
          {...sheet}
          rater={asked.rater}
          go={() => void handOver(protocol.id, asked.rater.rater)}
        />
      )}
      {asked?.what === 'link' && <LinkSheet {...sheet} rater={asked.rater} />}
      {asked?.what === 'withdraw' && <WithdrawSheet {...sheet} rater={asked.rater} />}
    </section>
  )
}
