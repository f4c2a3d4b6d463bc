import { stampMessages, type OutboxStamp } from '../../../../platform/messaging/outbox.ts'
import { publishValues, type RedisOutbox } from '../../../../platform/redis/outbox.ts'
import type { RedisConnection } from '../../../../platform/redis/connection.ts'
import type { Script } from '../../../../platform/redis/script.ts'
import type { Logger } from '../../../../platform/telemetry/logging.ts'
import type { Cart } from '../../domain.ts'
import type { CartBackup } from './backup.ts'
import { writeCart } from './document.ts'
import { keysOf } from './keys.ts'

/** What the parts of this store share. */
export interface Ground {
  readonly redis: RedisConnection
  readonly backup: CartBackup
  readonly outbox: RedisOutbox
  readonly stamp: OutboxStamp
  readonly log: Logger
}

export interface Write {
  readonly script: Script
  readonly cart: Cart
  readonly messages: Parameters<typeof stampMessages>[0]
  /** What the script wants beside. */
  readonly extra: string | number
}

/** Runs one of the scripts that write a cart and what is published of it. @returns what the script says came of it */
export async function write(
  { redis, stamp, outbox }: Ground,
  { script, cart, messages, extra }: Write,
): Promise<unknown> {
  const { state, cart: key, outbox: stream, unsaved, guests, member } = keysOf(cart.owner)
  const outcome = await redis.run(
    script,
    [state, key, stream, unsaved, guests],
    [
      stamp.clock().getTime(),
      member,
      guestIn(cart.owner),
      cart.id,
      cart.version,
      writeCart(cart),
      extra,
      ...publishValues(stampMessages(messages, stamp)),
    ],
  )
  outbox.filled(stream)
  return outcome
}

/** The guest whose use is written down; nothing for a user, whose cart never ends. */
export function guestIn(owner: Cart['owner']): string {
  return owner.kind === 'guest' ? owner.id : ''
}
