/** What the system's own dialog asks before pictures may be sent to an address: the only question, so it says all. */
interface Asked {
  readonly name: string
  readonly origin: string
  /** On this machine, by another program. */
  readonly local: boolean
  /** Of the picture that is sent, in pixels. */
  readonly maxSide: number
}

export function sendingQuestion({ name, origin, local, maxSide }: Asked): {
  readonly message: string
  readonly detail: string
} {
  const fate = local
    ? 'It is another program on this machine; what it does with them, and whether it passes them on, cannot be seen from here.'
    : 'They leave this machine. What is kept of them there, and for how long, is for whoever runs that address to say.'
  return {
    message: `Send pictures and alt-texts of this workspace to ${origin}?`,
    detail: [
      `Every question to ${name} sends the picture (PNG, longer side at most ${maxSide}, without metadata), the alt-text and the prompt. File names, marks, scores and all else stay here.`,
      fate,
      'This holds for this workspace, for every endpoint at this address, until it is switched off in Models.',
    ].join('\n\n'),
  }
}
