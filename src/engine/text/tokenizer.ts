/** A bundle's tokenizer: text to ids, ids to bytes. Byte-level BPE through @huggingface/tokenizers. */
import { Tokenizer as Library } from '@huggingface/tokenizers'
import type { Captioner } from '../../shared/manifest.ts'
import { readTokenizerFile } from '../model/tokenizer-rules.ts'
import { pieceBytes } from './byte-pieces.ts'

/** Longest text given to BPE, in bytes (FAULTS M11): more cannot fit any model and would only cost time. */
const MAX_TEXT_BYTES = 8192

export interface Tokenizer {
  readonly size: number
  /** Ids without special tokens. Lone surrogates become U+FFFD; what lies behind 8 KiB is dropped. */
  encode(text: string): readonly number[]
  bytesOf(id: number): Uint8Array
  /** Text of one token, for display beside its probability; half a character shows as U+FFFD. */
  textOf(id: number): string
  /** Every byte of the text is in exactly one token, so tokens can be laid along the text. */
  readonly lossless: boolean
}

/** @throws RealignError model-unsafe when the file breaks a rule of FAULTS M10 */
export function createTokenizer(file: string, content: Uint8Array): Tokenizer {
  const { size, json } = readTokenizerFile(file, content)
  const library = new Library(json, {})
  const decoder = new TextDecoder()
  const cache = new Map<number, Uint8Array>()
  const bytesOf = (id: number): Uint8Array => {
    let bytes = cache.get(id)
    if (!bytes) cache.set(id, (bytes = pieceBytes(library.id_to_token(id) ?? '')))
    return bytes
  }
  return {
    size,
    encode(text) {
      const clean = cutBytes(text.toWellFormed(), MAX_TEXT_BYTES)
      return clean === '' ? [] : library.encode(clean, { add_special_tokens: false }).ids
    },
    bytesOf,
    textOf: (id) => decoder.decode(bytesOf(id)),
    lossless: (json.normalizer ?? null) === null,
  }
}

/** Bytes of each token as the caption has them: the end token and pads are no part of it. */
export const spokenBytes = (
  ids: readonly number[],
  { ids: silent }: Pick<Captioner, 'ids'>,
  tokenizer: Tokenizer,
): readonly Uint8Array[] =>
  ids.map((id) =>
    id === silent.eos || id === silent.pad ? new Uint8Array(0) : tokenizer.bytesOf(id),
  )

/** The longest beginning of `text` that fits `limit` UTF-8 bytes without half a character. */
export function cutBytes(text: string, limit: number): string {
  if (text.length * 3 <= limit) return text
  const bytes = new TextEncoder().encode(text)
  if (bytes.length <= limit) return text
  let end = limit
  while (end > 0 && ((bytes[end] ?? 0) & 0xc0) === 0x80) end--
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes.subarray(0, end))
}
