/** A sheet over the page: title, content, Esc closes, focus stays inside and goes back after. */
import type { ReactNode } from 'react'
import { Dialog, Heading, Modal, ModalOverlay } from 'react-aria-components'

export interface SheetProps {
  readonly title: string
  readonly wide?: boolean
  /** Nearly the whole window, for a sheet with a preview. */
  readonly full?: boolean
  readonly onClose: () => void
  readonly children: ReactNode
}

export function Sheet({ title, wide = false, full = false, onClose, children }: SheetProps) {
  return (
    <ModalOverlay
      className={full ? 'veil full' : 'veil'}
      isOpen
      isDismissable
      onOpenChange={(open) => !open && onClose()}
    >
      <Modal className={full ? 'over full' : wide ? 'over wide' : 'over'}>
        <Dialog className="over-in">
          <Heading slot="title" className="over-title">
            {title}
          </Heading>
          {children}
        </Dialog>
      </Modal>
    </ModalOverlay>
  )
}
