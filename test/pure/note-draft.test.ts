/** A note while it is being written, without a page. */
import { expect, test } from 'vitest'
import {
  isUnkept,
  keepNoteDraft,
  readNoteDraft,
  withNoteOfOthers,
} from '../../src/renderer/rate/note-draft.ts'

const draft = { trialId: 'a', was: '', text: 'mine ' }

test('a note that another page wrote meanwhile is not written over', () => {
  expect(withNoteOfOthers(draft, '', 100)).toBe('mine')
  expect(withNoteOfOthers(draft, 'theirs', 100)).toBe('theirs\nmine')
  expect(withNoteOfOthers({ ...draft, was: 'old' }, 'old', 100)).toBe('mine')
  expect(withNoteOfOthers(draft, 'mine', 100)).toBe('mine')
  // As long as a note may be: the other one stays in the log.
  expect(withNoteOfOthers(draft, 'theirs', 8)).toBe('mine')
})

test('words are unkept until they say what is noted; what another page left there is no draft', () => {
  expect(isUnkept(draft)).toBe(true)
  expect(isUnkept({ ...draft, text: ' ' })).toBe(false)
  const kept = new Map<string, string>()
  const store = {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  }
  keepNoteDraft(store, 'seat', draft)
  expect(readNoteDraft(store, 'seat')).toEqual(draft)
  expect(readNoteDraft(store, 'other')).toBeNull()
  for (const key of kept.keys()) kept.set(key, '{"text":1}')
  expect(readNoteDraft(store, 'seat')).toBeNull()
  keepNoteDraft(store, 'seat', null)
  expect(kept.size).toBe(0)
})
