/** The rating page inside the workbench; a chunk of its own, so that the workbench starts without it. */
import '../../../shared/zod-without-eval.ts'
import { useState } from 'react'
import { client } from '../../api.ts'
import { callBackend } from '../../rate/call-backend.ts'
import '../../rate/rate.css'
import { RatePage } from '../../rate/RatePage.tsx'

export function Rater({ token }: { readonly token: string }) {
  const [backend] = useState(() => callBackend(client, token))
  return (
    <div className="rater">
      <RatePage backend={backend} />
    </div>
  )
}
