import type { Clock } from '../../../platform/clock.ts'
import { SoukError } from '../../../platform/errors.ts'
import type { NewId } from '../../../platform/ids.ts'
import type { ConversationStore, OwnTurn, Owner } from '../stores/conversations.ts'
import type { Question } from './port.ts'
import type { Guards } from './rules/guards.ts'
import { limits } from './rules/limits.ts'

/** Seconds after which one who has asked too often may ask again. */
const retryAfter = 60

export interface TakenTurn {
  readonly own: OwnTurn
  readonly owner: Owner
  readonly taken: 'TAKEN' | 'BUSY' | 'NONE'
}

/** Takes the conversation of a question, or begins one, for the viewer alone. @throws SoukError RATE_LIMITED */
export function takingTurns(parts: {
  readonly conversations: ConversationStore
  readonly clock: Clock
  readonly newId: NewId
  readonly guards: Pick<Guards, 'ownerOf' | 'turnsPerMinute'>
}): (question: Question) => Promise<TakenTurn> {
  const { conversations, clock, newId, guards } = parts
  return async ({ conversationId, viewer }) => {
    const owner = guards.ownerOf(viewer)
    const now = clock()
    if (!(await conversations.countTurn({ owner, now, most: guards.turnsPerMinute }))) {
      throw new SoukError('RATE_LIMITED', 'That are more questions than I answer in a minute.', { retryAfter })
    }
    // Twice its time: a turn that is over by its own clock may still be writing down what was said.
    const own = { id: conversationId ?? newId(), busyUntil: new Date(now.getTime() + 2 * limits.turn) }
    if (conversationId !== undefined) {
      return { own, owner, taken: await conversations.take({ ...own, owner, now }) }
    }
    await conversations.removeExpired(now)
    await conversations.begin({ ...own, owner, now })
    return { own, owner, taken: 'TAKEN' }
  }
}
