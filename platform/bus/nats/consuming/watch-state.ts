import type { StateWatcher, Subscription } from '../../../messaging/bus.ts'
import type { Message } from '../../../messaging/message.ts'
import type { BusParts } from '../parts.ts'
import { streamNames } from '../streams/subjects.ts'
import { messageIn } from '../failed-messages/unreadable.ts'
import { follow } from './follow.ts'
import type { Pulled } from './pull.ts'

/** Applies all state from the start, then what changes. */
export async function watchState(parts: BusParts, watcher: StateWatcher): Promise<Subscription> {
  const following = await follow(parts, {
    stream: streamNames.state,
    filters: watcher.types.map((type) => `souk.state.${type}.>`),
    onMessages: (messages) => watcher.apply(messages.flatMap((pulled) => readableIn(parts, pulled))),
    follows: watcher.follows?.bind(watcher),
  })
  try {
    await following.caughtUp()
  } catch (thrown) {
    // Another attempt has one of its own.
    await following.stop()
    throw thrown
  }
  return following
}

/** None for what is no message: it would end every process that watches. */
function readableIn({ log }: BusParts, pulled: Pulled): readonly Message[] {
  const { message, problem } = messageIn(pulled)
  if (problem === undefined) return [message]
  log.error({ err: problem, position: pulled.position }, 'what is no message was left out of the watched state')
  return []
}
