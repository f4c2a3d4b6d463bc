import type { Change } from './changes.ts'
import { partOf, type Part } from './parts.ts'

/** Of more changes than these nobody can tell any more which there were. */
const mostKept = 10_000

/** A place in the order of changes. */
export type Moment = number

/** Remembers the latest changes, so that an answer which was under way meanwhile is known not to be as things are. */
export interface Journal {
  now(): Moment
  note(change: Change): void
  /** Whether something has changed since then that is announced as one of these parts. True where it is not known any more. */
  hasChangedSince(moment: Moment, parts: ReadonlySet<Part>): boolean
}

export function createJournal(): Journal {
  let changes: Change[] = []
  /** The moment of the first of them. */
  let first = 0

  function isOf({ message, key }: Change, parts: ReadonlySet<Part>): boolean {
    if (parts.has(message)) return true
    if (key !== undefined) return parts.has(partOf(message, key))
    return [...parts].some((part) => part.startsWith(`${message} `))
  }

  return {
    now: () => first + changes.length,
    note(change) {
      changes.push(change)
      if (changes.length < 2 * mostKept) return
      first += mostKept
      changes = changes.slice(mostKept)
    },
    hasChangedSince: (moment, parts) =>
      moment < first || changes.slice(moment - first).some((change) => isOf(change, parts)),
  }
}
