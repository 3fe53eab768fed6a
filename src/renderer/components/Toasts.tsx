/** The short messages over the bottom edge. */
import { X } from 'lucide-react'
import { closeToast, useToasts } from '../stores/toasts.ts'

export function Toasts() {
  const toasts = useToasts((state) => state.toasts)
  return (
    <section className="toasts" aria-label="Messages">
      {toasts.map((toast) => (
        <div
          key={toast.id}
          className={`toast ${toast.tone}`}
          role={toast.tone === 'failure' ? 'alert' : 'status'}
        >
          <div className="grow">
            <b>{toast.title}</b>
            {toast.detail !== '' && <p>{toast.detail}</p>}
          </div>
          <button type="button" aria-label="Close message" onClick={() => closeToast(toast.id)}>
            <X className="icon" aria-hidden="true" />
          </button>
        </div>
      ))}
    </section>
  )
}
