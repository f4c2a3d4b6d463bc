import type { StateWatcher, Subscription } from '../../messaging/bus.ts'
import { follow } from './follow.ts'
import type { BusParts } from './parts.ts'
import { parseStored } from './stored.ts'
import { streamNames } from './subjects.ts'

/** Applies all state from the start, then what changes. */
export async function watchState(parts: BusParts, watcher: StateWatcher): Promise<Subscription> {
  const following = await follow(parts, {
    stream: streamNames.state,
    filters: watcher.types.map((type) => `souk.state.${type}.>`),
    onMessages: (messages) => watcher.apply(messages.map(({ data }) => parseStored(data))),
  })
  await following.caughtUp()
  return following
}
