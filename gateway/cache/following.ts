import type { Change, Changes } from './changes.ts'
import { createJournal, type Moment } from './journal.ts'
import type { Part } from './parts.ts'

/** When something was begun to be read. */
export interface Begun {
  readonly moment: Moment
  readonly losses: number
}

interface Follower {
  changed(changes: readonly Change[]): void
  /** Changes may have been missed. */
  lost(): void
}

/** Knows what has changed, as long as every change is announced. */
export interface Following {
  readonly isFollowing: boolean
  begin(): Begun
  /** Whether nothing of it has changed since it was begun to be read, and no change may have been missed. */
  isAsThen(begun: Begun, parts: ReadonlySet<Part>): boolean
  /** All that a subgraph owns counts as changed: this gateway has had something changed there. */
  forget(owners: ReadonlySet<string>): void
  /** Each change is told in the order in which they are added. */
  add(follower: Follower): void
  stop(): Promise<void>
}

interface FollowingParts {
  /** Tells of what changes; without it nothing is known. */
  readonly changes: Changes | undefined
  /** Types of the messages to listen to. */
  readonly messages: ReadonlySet<string>
}

export function followChanges({ changes, messages }: FollowingParts): Following {
  const followers: Follower[] = []
  const journal = createJournal()
  let isFollowing = false
  /** How often changes may have been missed, and how often it was known again that they are not. */
  let losses = 0

  function changed(announced: readonly Change[]): void {
    if (!isFollowing) return
    for (const change of announced) journal.note(change)
    for (const follower of followers) follower.changed(announced)
  }

  function lost(): void {
    isFollowing = false
    losses += 1
    for (const follower of followers) follower.lost()
  }

  function follows(): void {
    if (isFollowing) return
    isFollowing = true
    // Of what was begun before it is not known whether it has changed since.
    losses += 1
  }

  const listening = changes?.listen([...messages], { changed, lost, follows })
  return {
    get isFollowing() {
      return isFollowing
    },
    begin: () => ({ moment: journal.now(), losses }),
    isAsThen: (begun, parts) => isFollowing && begun.losses === losses && !journal.hasChangedSince(begun.moment, parts),
    forget(owners) {
      const owned = [...messages].filter((message) => owners.has(ownerOf(message)))
      if (owned.length > 0) changed(owned.map((message) => ({ message, key: undefined })))
    },
    add: (follower) => void followers.push(follower),
    async stop() {
      lost()
      await listening?.stop()
    },
  }
}

/** `<owner>.<Name>` is how messages are called. */
function ownerOf(message: string): string {
  return message.split('.', 1)[0] ?? message
}
