import type { Begun, Following } from './following.ts'
import { keptAnswers } from './kept-answers.ts'
import type { Part } from './parts.ts'

interface FollowedParts {
  /** What is kept at the most. */
  readonly bytes: number
  readonly following: Following
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
  get(key: string): Value | undefined
  /** Keeps it, unless it may not be as things are: something of it has changed since it was begun, or may have. */
  keep(key: string, begun: Begun, made: Made<Value>): void
}

export function followedAnswers<Value>({ bytes, following }: FollowedParts): FollowedAnswers<Value> {
  const kept = keptAnswers<Value>({ bytes: Math.max(1, bytes) })
  following.add({
    changed(changes) {
      for (const change of changes) kept.drop(change)
    },
    lost: () => kept.clear(),
  })
  return {
    get: (key) => kept.get(key),
    keep(key, begun, made) {
      if (made.age > 0 && following.isAsThen(begun, made.parts)) kept.keep(key, made)
    },
  }
}
