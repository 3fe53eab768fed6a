/** Token by token to text that is safe to show: never half a character, newlines as spaces. */

export interface IncrementalDecoder {
  /** Adds one token's bytes; the text so far, without a character that is still incomplete. */
  push(bytes: Uint8Array): string
  /** The whole text; an incomplete character at the end becomes U+FFFD. */
  finish(): string
}

/** The paper's code turns newlines into spaces and trims the ends. */
const tidy = (text: string): string => text.replace(/\r\n|[\r\n]/g, ' ')

export function createIncrementalDecoder(): IncrementalDecoder {
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true })
  let text = ''
  return {
    push(bytes) {
      text += decoder.decode(bytes, { stream: true })
      return tidy(text).trimStart()
    },
    finish() {
      text += decoder.decode()
      return tidy(text).trim()
    },
  }
}

/** What each token adds to the text, one string a token; a character of several tokens comes with its last. */
export function splitText(tokens: readonly Uint8Array[]): readonly string[] {
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true })
  return tokens.map((bytes, at) => {
    const part = decoder.decode(bytes, { stream: true })
    return tidy(at === tokens.length - 1 ? part + decoder.decode() : part)
  })
}
