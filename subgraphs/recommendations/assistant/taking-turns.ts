import type { Clock } from '../../../platform/clock.ts'
import { SoukError } from '../../../platform/errors.ts'
import type { Viewer } from '../../../platform/identity/viewer.ts'
import type { NewId } from '../../../platform/ids.ts'
import type { ConversationStore, Owner } from '../stores/conversations.ts'
import type { Question } from './port.ts'
import { limits } from './rules/limits.ts'

/** Seconds after which one who has asked too often may ask again. */
const retryAfter = 60

export interface TakenTurn {
  readonly conversationId: string
  readonly owner: Owner
  readonly taken: 'TAKEN' | 'BUSY' | 'NONE'
}

/** Takes the conversation of a question, or begins one, for the viewer alone. @throws SoukError RATE_LIMITED */
export function takingTurns(parts: {
  readonly conversations: ConversationStore
  readonly clock: Clock
  readonly newId: NewId
}): (question: Question) => Promise<TakenTurn> {
  const { conversations, clock, newId } = parts
  return async ({ conversationId, viewer }) => {
    const owner = ownerOf(viewer)
    const now = clock()
    if (!(await conversations.countTurn({ owner, now, most: limits.turnsPerMinute }))) {
      throw new SoukError('RATE_LIMITED', 'That are more questions than I answer in a minute.', { retryAfter })
    }
    // Twice its time: a turn that is over by its own clock may still be writing down what was said.
    const turn = { owner, now, busyUntil: new Date(now.getTime() + 2 * limits.turn) }
    if (conversationId !== undefined) {
      return { conversationId, owner, taken: await conversations.take({ id: conversationId, ...turn }) }
    }
    const id = newId()
    await conversations.removeExpired(now)
    await conversations.begin({ id, ...turn })
    return { conversationId: id, owner, taken: 'TAKEN' }
  }
}

function ownerOf(viewer: Viewer): Owner {
  if (viewer.kind === 'visitor') throw new SoukError('UNAUTHENTICATED')
  return { kind: viewer.kind, id: viewer.id }
}
