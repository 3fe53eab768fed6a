/** What is still wrong with rounds that are about to begin, by the field it stands beside. */
import { beginFaults } from '../../../rounds/begin-form.ts'
import { useBegin } from '../../../stores/rounds-begin.ts'
import { useStatus } from '../../../stores/status.ts'

export function useBeginFaults() {
  const library = useStatus((state) => state.status?.workspace.images ?? 0)
  return beginFaults(
    useBegin((state) => state.form),
    library,
  )
}
