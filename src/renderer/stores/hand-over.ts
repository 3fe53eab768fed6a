/** The keyboard in a rater's hands: kept over a reload, so that reloading the page is no way out. */
import { create } from 'zustand'
import { inviteRater, refreshStudy, revokeRater } from './studies.ts'

export interface HandedOver {
  readonly studyId: string
  readonly rater: number
  readonly token: string
}

const KEY = 'realign-handed-over'

function kept(): HandedOver | null {
  try {
    return JSON.parse(sessionStorage.getItem(KEY) ?? 'null') as HandedOver | null // written below
  } catch {
    return null
  }
}

export const useHandOver = create<{ readonly handed: HandedOver | null }>(() => ({
  handed: kept(),
}))

/** A token for this sitting; the rater's earlier links stop working. */
export async function handOver(studyId: string, rater: number): Promise<void> {
  const token = await inviteRater(studyId, rater)
  if (token === null) return
  const handed = { studyId, rater, token }
  sessionStorage.setItem(KEY, JSON.stringify(handed))
  useHandOver.setState({ handed })
}

/** The sitting's token ends with it. */
export async function takeBack(): Promise<void> {
  const { handed } = useHandOver.getState()
  sessionStorage.removeItem(KEY)
  useHandOver.setState({ handed: null })
  if (!handed) return
  await revokeRater(handed.studyId, handed.rater)
  await refreshStudy()
}
