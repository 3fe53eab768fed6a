/** What opening the workspace found; stays until it is closed, comes back with the next start. */
import { TriangleAlert, X } from 'lucide-react'
import { useState } from 'react'
import { useStatus } from '../stores/status.ts'

export function Warnings() {
  const warnings = useStatus((state) => state.status?.workspace.warnings)
  const [closed, setClosed] = useState(false)
  if (closed || !warnings || warnings.length === 0) return <div className="warnings" />
  return (
    <div className="warnings open" role="alert">
      <TriangleAlert className="icon" aria-hidden="true" />
      <ul className="grow">
        {warnings.map((warning) => (
          <li key={warning}>{warning}</li>
        ))}
      </ul>
      <button type="button" aria-label="Close the warning" onClick={() => setClosed(true)}>
        <X className="icon" aria-hidden="true" />
      </button>
    </div>
  )
}
