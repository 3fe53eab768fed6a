/** Only the top frame of our own page may speak to the main process. */

export interface Frame {
  readonly url: string
  readonly parent?: unknown
}

export const APP_ORIGIN = 'app://realign/'

export const isTrustedSender = (frame: Frame | null | undefined): boolean =>
  frame !== null &&
  frame !== undefined &&
  frame.url.startsWith(APP_ORIGIN) &&
  (frame.parent ?? null) === null
