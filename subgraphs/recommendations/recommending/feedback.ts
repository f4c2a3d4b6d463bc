import type { Clock } from '../../../platform/clock.ts'
import { isAlgorithm } from '../domain/configurations.ts'
import type { Feedback, ModelRun, RecommendationStore, TakeUp } from '../stores/store.ts'

/** What a session reports of the recommendations of one list. */
interface GivenFeedback {
  readonly event: Feedback['event']
  readonly recommendations: readonly Pick<Feedback, 'productId' | 'reason' | 'algorithm'>[]
}

/** `NOT_FOUND`, and nothing is kept, where one of the products is none. */
export type TakeFeedback = (session: string, given: GivenFeedback) => Promise<'TAKEN' | 'NOT_FOUND'>

export interface Report {
  readonly model: ModelRun | undefined
  readonly algorithms: TakeUp[]
}

export type ReportTakeUp = (days: number) => Promise<Report>

interface FeedbackParts {
  readonly store: RecommendationStore
  readonly clock: Clock
}

/** Keeps feedback on algorithms that there are; nobody will ask for that on others. */
export function takeFeedback({ store, clock }: FeedbackParts): TakeFeedback {
  return async (viewerId, { event, recommendations }) => {
    const products = [...new Set(recommendations.map(({ productId }) => productId))]
    if ((await store.offers(products)).length < products.length) return 'NOT_FOUND'
    const known = recommendations.filter(({ algorithm }) => isAlgorithm(algorithm))
    await store.addFeedback(
      known.map((recommendation) => ({ viewerId, event, ...recommendation })),
      clock(),
    )
    return 'TAKEN'
  }
}

const day = 86_400_000

export function reportTakeUp({ store, clock }: FeedbackParts): ReportTakeUp {
  return async (days) => {
    const since = new Date(clock().getTime() - (days - 1) * day)
    const [model, algorithms] = await Promise.all([store.newestRun(), store.takeUpSince(since)])
    return { model, algorithms }
  }
}
