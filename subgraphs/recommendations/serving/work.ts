import type { Clock } from '../../../platform/clock.ts'
import type { Database } from '../../../platform/messaging/database.ts'
import type { Logger } from '../../../platform/telemetry/logging.ts'
import type { WakingLoop } from '../../../platform/work/loop.ts'
import type { RecommendationStore } from '../stores/store.ts'
import type { ServedModel } from './follow.ts'
import { trainWhenDue } from './training.ts'
import { keepListsFresh } from './upkeep.ts'

interface WorkParts {
  readonly database: Database<RecommendationStore>
  readonly served: ServedModel
  readonly clock: Clock
  readonly mostProducts: number
  /** Of what takes long. */
  readonly niceness: number
  readonly log: Logger
}

/** What goes on by itself. */
export interface Work {
  readonly following: WakingLoop
  readonly training: WakingLoop
  /** All of it, in the order in which it is to be stopped. */
  readonly workers: readonly WakingLoop[]
  /** Resolves when all that there was to learn is served; a training is not waited for. */
  settled(): Promise<void>
}

export async function startWork({ database, served, ...parts }: WorkParts): Promise<Work> {
  const following = await served.follow(parts.log)
  const upkeep = keepListsFresh({ database, log: parts.log, niceness: parts.niceness })
  upkeep.wake()
  const training = trainWhenDue({ store: database.store, served, following, ...parts })
  return {
    following,
    training,
    workers: [training, upkeep, following],
    async settled() {
      await Promise.all([upkeep.settled(), following.settled()])
    },
  }
}
