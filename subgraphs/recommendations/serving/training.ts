import type { Clock } from '../../../platform/clock.ts'
import type { Logger } from '../../../platform/telemetry/logging.ts'
import { repeatOnWake, type WakingLoop } from '../../../platform/work/loop.ts'
import type { RecommendationStore } from '../stores/store.ts'
import { trainOnThread } from '../worker/run.ts'
import type { ServedModel } from './follow.ts'

const feedbackKeptFor = 90 * 86_400_000
/** Milliseconds from one look to the next. */
const sweepEvery = 60_000
/** The same, while nothing has been trained yet: a shop has just been filled, perhaps by another process. */
const firstSweepEvery = 2_000

interface TrainingParts {
  readonly store: RecommendationStore
  readonly served: ServedModel
  /** Follows the model; it is woken for one that was trained. */
  readonly following: WakingLoop
  readonly clock: Clock
  /** Those that are bought most; beyond, a product is known by its baskets alone. */
  readonly mostProducts: number
  readonly niceness: number
  readonly log: Logger
}

/**
 * Trains when it is due, by one replica at a time. It looks once a minute and not at the start: who has just started has
 * better things to do, and serves what was trained before. Where nothing was, it looks every other second.
 */
export function trainWhenDue({
  store,
  served,
  following,
  clock,
  mostProducts,
  niceness,
  log,
}: TrainingParts): WakingLoop {
  const stopping = new AbortController()

  async function train(): Promise<void> {
    await following.settled()
    const { history } = served.current()
    if (history.basketCount() === 0) return
    const begun = performance.now()
    const snapshot = served.current().snapshot()
    const weights = await trainOnThread({
      baskets: history.packed(),
      productCount: history.productCount(),
      mostProducts,
      niceness,
      signal: stopping.signal,
    })
    const seconds = (performance.now() - begun) / 1_000
    await store.saveModel({ ...snapshot, weights }, seconds)
    log.info({ baskets: history.basketCount(), seconds }, 'a recommendation model was trained')
    following.wake()
  }

  const loop = repeatOnWake({
    name: 'training of recommendations',
    log,
    sweepEvery,
    async turn() {
      if (!(await store.claimTraining())) return
      await store.forgetFeedbackBefore(new Date(clock().getTime() - feedbackKeptFor))
      await train().catch(async (thrown: unknown) => {
        // What was called off is for the next start; what failed is not tried again at once.
        if (stopping.signal.aborted) await store.requestTraining()
        else throw thrown
      })
    },
  })
  const firstSweep = setInterval(() => {
    if (served.current().version > 0) clearInterval(firstSweep)
    else loop.wake()
  }, firstSweepEvery)
  return {
    ...loop,
    async stop() {
      clearInterval(firstSweep)
      stopping.abort(new Error('shutting down'))
      await loop.stop()
    },
  }
}
