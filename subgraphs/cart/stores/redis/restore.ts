import { z } from 'zod'

import { nilUuid } from '../../../../platform/ids.ts'
import { shardOf } from '../../../../platform/redis/shards.ts'
import { singleFlight } from '../../../../platform/work/single-flight.ts'
import type { Cart, CartOwner } from '../../domain.ts'
import { stateOf } from '../../messages.ts'
import { write, type Ground } from './ground.ts'
import { allShards, keysOf, type ShardKeys } from './keys.ts'
import { enter, finish, restore } from './scripts.ts'

export interface Restorer {
  /** Brings the carts of these owners back, where the backup has them and Redis does not. @returns the state of the last one's shard */
  restoreOf(owners: readonly CartOwner[]): Promise<string>
  /** Brings back all that is missing, shard by shard. */
  restoreAll(): Promise<void>
}

/**
 * What Redis had and the backup did not is lost, but may have been published, or shown. So a cart comes back in a version that it
 * can never have had: no second does a million writes of one cart.
 */
const versionsLeftOut = 1_000_000
const pageSize = 500

export function restorer(ground: Ground): Restorer {
  const { redis, backup, stamp, log } = ground

  const stateOfShard = async ({ state }: Pick<ShardKeys, 'state'>) =>
    z.string().parse(await redis.run(enter, [state], [stamp.newId()]))

  /** False when Redis has lost all once more since the backup was read. */
  async function bringBack(cart: Cart, state: string): Promise<boolean> {
    const raised = { ...cart, version: cart.version + versionsLeftOut }
    const messages = [stateOf(raised)]
    const outcome = await write(ground, { script: restore, cart: raised, messages, extra: generationOf(state) })
    return outcome !== 'LOST AGAIN'
  }

  async function restoreOf(owners: readonly CartOwner[]): Promise<string> {
    // The generation is read before the backup, so that what was read for an earlier one is never written into a later one.
    const asked = await Promise.all(
      owners.map(async (owner) => {
        const { member, ...keys } = keysOf(owner)
        return [member, await stateOfShard(keys)] as const
      }),
    )
    const states = new Map(asked)
    const carts = owners.length === 0 ? [] : await backup.byOwners(owners)
    await Promise.all(carts.map((cart) => bringBack(cart, states.get(keysOf(cart.owner).member) ?? '')))
    return asked.at(-1)?.[1] ?? ''
  }

  async function restoreAll(): Promise<void> {
    const states = await Promise.all(allShards.map(stateOfShard))
    const lost = new Map([...states.entries()].filter(([, state]) => state.startsWith('restoring')))
    if (lost.size === 0) return
    let restored = 0
    for (let page = await backup.page(nilUuid, pageSize); ; page = await backup.page(page.at(-1)?.id ?? '', pageSize)) {
      const missing = page.flatMap((cart) => {
        const state = lost.get(shardOf(keysOf(cart.owner).member))
        return state === undefined ? [] : [{ cart, state }]
      })
      const back = await Promise.all(missing.map(({ cart, state }) => bringBack(cart, state)))
      if (back.includes(false)) throw new Error('Redis has lost the carts again while they came back')
      restored += back.length
      if (page.length < pageSize) break
    }
    await Promise.all(
      [...lost].map(([shard, state]) => redis.run(finish, [allShards[shard]?.state ?? ''], [generationOf(state)])),
    )
    if (restored > 0) {
      const completeUntil = await backup.watermark()
      log.warn({ carts: restored, completeUntil }, 'Redis had lost carts; they are back as the backup has them')
    }
  }

  return { restoreOf, restoreAll: singleFlight(restoreAll) }
}

function generationOf(state: string): string {
  return state.slice(state.indexOf(' ') + 1)
}
