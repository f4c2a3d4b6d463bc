import type { Change, Changes } from './changes.ts'
import { createJournal, type Moment } from './journal.ts'
import { keptAnswers } from './kept-answers.ts'
import type { Part } from './parts.ts'

export interface FollowedParts {
  /** What is kept at the most. */
  readonly bytes: number
  /** Tells of what changes; without it nothing is kept. */
  readonly changes: Changes | undefined
  /** Types of the messages to listen to. */
  readonly messages: ReadonlySet<string>
  /** What is under way and announced by these is not as things are any more; nothing is, where changes may have been missed. */
  onChange(messages: ReadonlySet<string> | 'any'): void
}

/** When an answer was begun to be made. */
export interface Begun {
  readonly moment: Moment
  readonly losses: number
}

interface Made<Value> {
  readonly value: Value
  readonly parts: ReadonlySet<Part>
  /** Bytes. */
  readonly size: number
  /** Milliseconds for which it is given at the most. */
  readonly age: number
}

/** Answers that are kept as long as every change is announced, and none of them was. */
export interface FollowedAnswers<Value> {
  readonly isFollowing: boolean
  get(key: string): Value | undefined
  begin(): Begun
  /** Keeps it, unless it may not be as things are: something of it has changed since it was begun, or may have. */
  keep(key: string, begun: Begun, made: Made<Value>): void
  changed(changes: readonly Change[]): void
  stop(): Promise<void>
}

export function followedAnswers<Value>(parts: FollowedParts): FollowedAnswers<Value> {
  const { bytes, changes, messages, onChange } = parts
  const kept = keptAnswers<Value>({ bytes: Math.max(1, bytes) })
  const journal = createJournal()
  let isFollowing = false
  /** How often changes may have been missed, and how often it was known again that they are not. */
  let losses = 0

  function changed(announced: readonly Change[]): void {
    if (!isFollowing) return
    for (const change of announced) {
      journal.note(change)
      kept.drop(change)
    }
    onChange(new Set(announced.map(({ message }) => message)))
  }

  function lost(): void {
    isFollowing = false
    losses += 1
    kept.clear()
    onChange('any')
  }

  function follows(): void {
    if (isFollowing) return
    isFollowing = true
    // Of what was begun before it is not known whether it has changed since.
    losses += 1
  }

  const listening = bytes > 0 ? changes?.listen([...messages], { changed, lost, follows }) : undefined
  return {
    get isFollowing() {
      return isFollowing
    },
    get: (key) => kept.get(key),
    begin: () => ({ moment: journal.now(), losses }),
    keep(key, begun, made) {
      if (!isFollowing || begun.losses !== losses || made.age <= 0) return
      if (!journal.hasChangedSince(begun.moment, made.parts)) kept.keep(key, made)
    },
    changed,
    async stop() {
      lost()
      await listening?.stop()
    },
  }
}
