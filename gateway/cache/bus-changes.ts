import { setTimeout as pass } from 'node:timers/promises'

import { asError } from '../../platform/errors.ts'
import type { Bus, Subscription } from '../../platform/messaging/bus.ts'
import type { Logger } from '../../platform/telemetry/logging.ts'
import type { ChangeListener, Changes } from './changes.ts'

/** Milliseconds before the bus is tried once more that could not be watched. */
const pauseBetweenTries = 1_000

interface BusChangesParts {
  readonly bus: Pick<Bus, 'watchState'>
  readonly log: Logger
}

/** What changes in the shop, as the state on the bus tells. */
export function changesOn({ bus, log }: BusChangesParts): Changes {
  async function watch(types: readonly string[], listener: ChangeListener, stopping: AbortSignal) {
    for (;;) {
      try {
        return await bus.watchState({
          types,
          apply: (messages) => listener.changed(messages.map(({ type, subject }) => ({ message: type, key: subject }))),
          follows(isFollowing) {
            if (isFollowing && !stopping.aborted) listener.follows()
            else listener.lost()
          },
        })
      } catch (thrown) {
        listener.lost()
        if (stopping.aborted) return undefined
        log.warn({ err: asError(thrown) }, 'changes cannot be followed yet, so no answer is kept; trying again')
        await pass(pauseBetweenTries, undefined, { signal: stopping }).catch(() => undefined)
      }
    }
  }

  return {
    listen(messages, listener) {
      const stopping = new AbortController()
      let watched: Subscription | undefined
      watch(messages, listener, stopping.signal).then(
        async (subscription) => {
          watched = subscription
          if (stopping.signal.aborted) await subscription?.stop()
        },
        (thrown: unknown) => log.error({ err: asError(thrown) }, 'changes are not followed any more'),
      )
      return {
        async stop() {
          stopping.abort()
          await watched?.stop()
        },
      }
    },
  }
}
