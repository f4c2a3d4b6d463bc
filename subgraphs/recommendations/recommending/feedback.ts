import type { Clock } from '../../../platform/clock.ts'
import { SoukError } from '../../../platform/errors.ts'
import type { AttemptPolicy, Attempts } from '../../../platform/limits/attempts.ts'
import { recommendsFor } from '../domain/configurations.ts'
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

/** Of a session, in each replica: a page tells once what it shows, and once for each click. */
export const feedbackPolicy: AttemptPolicy = {
  free: 120,
  firstPause: 1_000,
  longestPause: 30_000,
  forgottenAfter: 60_000,
}
/** Of a session in a day: a hundred long lists. Nobody looks at more. */
const mostInDay = 3_000

/**
 * Keeps feedback on what there is: an algorithm of the name that recommends for the reason. Nobody will ask for other feedback.
 * @throws SoukError RATE_LIMITED where a session tells more than anybody can look at
 */
export function takeFeedback({
  store,
  clock,
  attempts,
}: FeedbackParts & { readonly attempts: Attempts }): TakeFeedback {
  return async (viewerId, { event, recommendations }) => {
    const attempt = await attempts.begin(viewerId)
    if (attempt.kind === 'TOO_EARLY') throw tooMuch(Math.ceil(attempt.wait / 1_000))
    if ((await store.countFeedbackOf(viewerId, clock())) >= mostInDay) throw tooMuch(hour)
    const products = [...new Set(recommendations.map(({ productId }) => productId))]
    if ((await store.offers(products)).length < products.length) return 'NOT_FOUND'
    const known = recommendations.filter(({ reason, algorithm }) => recommendsFor(reason, algorithm))
    await store.addFeedback(
      known.map((recommendation) => ({ viewerId, event, ...recommendation })),
      clock(),
    )
    return 'TAKEN'
  }
}

/** In seconds. */
const hour = 3_600

function tooMuch(retryAfter: number): SoukError {
  return new SoukError('RATE_LIMITED', 'That is more feedback than anybody can have.', { retryAfter })
}

const day = 86_400_000

export function reportTakeUp({ store, clock }: FeedbackParts): ReportTakeUp {
  return async (days) => {
    const since = new Date(clock().getTime() - (days - 1) * day)
    const [model, algorithms] = await Promise.all([store.newestRun(), store.takeUpSince(since)])
    return { model, algorithms }
  }
}
