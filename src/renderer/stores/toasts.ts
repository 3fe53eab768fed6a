/** Short messages: what happened and what to do next. Failures stay until they are closed. */
import { create } from 'zustand'
import { isCancelled } from '../../shared/errors.ts'
import { explain } from '../words.ts'

export interface Toast {
  readonly id: number
  readonly tone: 'note' | 'failure'
  readonly title: string
  readonly detail: string
}

const STAY_MS = 6000
const MOST = 4
let lastId = 0

export const useToasts = create<{ readonly toasts: readonly Toast[] }>(() => ({ toasts: [] }))

export const closeToast = (id: number): void =>
  useToasts.setState(({ toasts }) => ({ toasts: toasts.filter((toast) => toast.id !== id) }))

function add(toast: Omit<Toast, 'id'>): number {
  const id = ++lastId
  useToasts.setState(({ toasts }) => ({
    // The same failure again replaces the old one: a stopped host must not fill the screen.
    toasts: [
      ...toasts.filter((old) => old.title !== toast.title || old.detail !== toast.detail),
      { ...toast, id },
    ].slice(-MOST),
  }))
  return id
}

export function note(title: string, detail = ''): void {
  const id = add({ tone: 'note', title, detail })
  setTimeout(() => closeToast(id), STAY_MS)
}

export function failure(title: string, detail: string): void {
  add({ tone: 'failure', title, detail })
}

/** Shows any caught error in words. A cancellation is no failure and is not shown. */
export function showError(error: unknown): void {
  if (isCancelled(error)) return
  const { title, message, hint } = explain(error)
  failure(title, `${message.replace(/\.$/, '')}. ${hint}`)
}
