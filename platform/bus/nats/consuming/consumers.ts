import { isDeepStrictEqual } from 'node:util'

import { AckPolicy, DeliverPolicy, nanos, ReplayPolicy, type ConsumerConfig, type ConsumerInfo } from 'nats'

import { isNotFound, isThere } from '../failures.ts'
import type { BusParts } from '../parts.ts'

/** Milliseconds in which a message must be acknowledged, or reported to be in progress: a process that died is found by it. */
export const ackWait = 5_000

/** Handed over so often and never finished, a message ends the processes that take it: the server gives it up. */
const mostDeliveries = 20

export interface DurableConsumer {
  readonly stream: string
  readonly durable: string
  /** Subjects, which no two may overlap. */
  readonly filters: readonly string[]
  /** Of an earlier release: nothing of them is wanted any more. */
  readonly formerFilters?: readonly string[]
  /** How many messages may be in hand at a time, of all processes together. */
  readonly inHand: number
}

/**
 * Makes the durable consumer of the server what it should be. One that gets a further subject begins anew, so that it has
 * what is kept of that too; what it has had already it is handed once more. It loses none but former ones: a replica of another
 * release may handle more.
 */
export async function declareConsumer({ manager }: BusParts, consumer: DurableConsumer): Promise<void> {
  const { stream, durable, filters, formerFilters = [] } = consumer
  // Another process may be faster, and of another release: looked at again after each change.
  for (;;) {
    const there = await consumerInfo(manager.consumers, consumer)
    const known = there === undefined ? [] : filtersOf(there.config).filter((filter) => !formerFilters.includes(filter))
    const wanted = configurationOf({ ...consumer, filters: [...new Set([...known, ...filters])] })
    if (there !== undefined && filters.every((filter) => known.includes(filter))) {
      if (!isDeepStrictEqual({ ...there.config, ...wanted }, { ...there.config }))
        await manager.consumers.update(stream, durable, wanted)
      return
    }
    if (there !== undefined) await manager.consumers.delete(stream, durable).catch(unlessNotFound)
    await manager.consumers.add(stream, { durable_name: durable, ...wanted }).catch(unlessThere)
  }
}

/** Begins anew: everything that is kept is handed over once more. A crash in between leaves none, which is made anew too. */
export async function restartConsumer(
  { manager }: BusParts,
  { stream, durable }: Pick<DurableConsumer, 'stream' | 'durable'>,
) {
  const there = await consumerInfo(manager.consumers, { stream, durable })
  if (there === undefined) return
  await manager.consumers.delete(stream, durable).catch(unlessNotFound)
  await manager.consumers.add(stream, there.config)
}

export async function consumerInfo(
  consumers: BusParts['manager']['consumers'],
  { stream, durable }: Pick<DurableConsumer, 'stream' | 'durable'>,
): Promise<ConsumerInfo | undefined> {
  return consumers.info(stream, durable).catch(unlessNotFound)
}

function configurationOf({ filters, inHand }: DurableConsumer): ConsumerConfig {
  return {
    ack_policy: AckPolicy.Explicit,
    deliver_policy: DeliverPolicy.All,
    replay_policy: ReplayPolicy.Instant,
    ack_wait: nanos(ackWait),
    max_deliver: mostDeliveries,
    max_ack_pending: inHand,
    ...(filters.length > 0 && { filter_subjects: [...filters] }),
  }
}

function filtersOf({ filter_subjects: several, filter_subject: one }: ConsumerConfig): readonly string[] {
  return several ?? (one === undefined ? [] : [one])
}

function unlessNotFound(thrown: unknown): undefined {
  if (!isNotFound(thrown)) throw thrown
}

function unlessThere(thrown: unknown): undefined {
  if (!isThere(thrown)) throw thrown
}
