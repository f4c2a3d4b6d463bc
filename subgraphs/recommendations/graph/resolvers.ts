import { SoukError } from '../../../platform/errors.ts'
import { pageSize } from '../../../platform/graphql/page.ts'
import { parseInput, refused } from '../../../platform/graphql/refusals.ts'
import type { Viewer } from '../../../platform/identity/viewer.ts'
import type { Assistant } from '../assistant/port.ts'
import type { ReportTakeUp, TakeFeedback } from '../recommending/feedback.ts'
import type { Asked } from '../recommending/recommendation.ts'
import type { Recommending } from '../recommending/recommending.ts'
import { assistantInGraph } from './assistant.ts'
import type { Context } from './context.ts'
import { feedbackInput } from './feedback-input.ts'
import type { Resolvers } from './generated.ts'
import type { Loaders } from './loaders.ts'
import type { CardModel } from './models.ts'

const mostProducts = 50
const mostDays = 90

interface UseCases {
  readonly recommending: Recommending
  readonly feedback: TakeFeedback
  readonly report: ReportTakeUp
  /** Undefined where none is configured. */
  readonly assistant: Assistant | undefined
  requestTraining(): Promise<void>
}

export function createResolvers(useCases: UseCases): Resolvers {
  const { recommending, feedback, report, requestTraining } = useCases
  const assistant = assistantInGraph(useCases.assistant)
  return {
    Query: {
      popularProducts: (_root, { first }, context) => recommending.popular(asked(first, context)),
      boughtWith(_root, { productIds, first }, context) {
        if (productIds.length > mostProducts) {
          throw new SoukError('INVALID_INPUT', `\`productIds\` holds at most ${mostProducts} ids.`, {
            field: 'productIds',
          })
        }
        return recommending.boughtWith(productIds, asked(first, context))
      },
      recommendationReport: (_root, { days }) => report(daysBack(days)),
    },
    Mutation: {
      askAssistant: (_root, { input }, context) => assistant.answer(input, context),
      async recommendationFeedback(_root, { input }, { viewer }) {
        const given = parseInput(feedbackInput, input)
        if (!given.ok) return given.refusal
        const outcome = await feedback(sessionOf(viewer), given.value)
        if (outcome === 'NOT_FOUND') return refused('NOT_FOUND', 'There is no such product.')
        return { __typename: 'RecommendationFeedback', count: given.value.recommendations.length }
      },
      async trainRecommendations() {
        await requestTraining()
        return true
      },
    },
    Subscription: {
      assistantReply: { subscribe: (_root, { input }, context) => assistant.events(input, context) },
    },
    AlgorithmTakeUp: { clickThroughRate: ({ shown, clicked }) => (shown === 0 ? null : clicked / shown) },
    Recommendation: { product: ({ product }, _args, { loaders }) => cardOf(product.id, loaders) },
    Product: {
      boughtTogether: ({ id }, { first }, context) => recommending.boughtTogether(id, asked(first, context)),
      similar: ({ id }, { first }, context) => recommending.similar(id, asked(first, context)),
    },
    User: {
      recommendations: ({ id }, { first }, context) => recommending.forUser(id, asked(first, context)),
    },
    Cart: {
      suggestions({ lines = [] }, { first }, context) {
        const variantIds = lines.map(({ variant }) => variant.id)
        return recommending.forCart(variantIds, asked(first, context))
      },
    },
  }
}

function asked(first: number, { loaders, configuration }: Context): Asked {
  return { loaders, configuration, first: pageSize(first) }
}

function daysBack(days: number): number {
  if (days >= 1 && days <= mostDays) return days
  throw new SoukError('INVALID_INPUT', `\`days\` must be from 1 to ${mostDays}; it is ${days}.`, { field: 'days' })
}

/** Permissions let nobody through who has none. */
function sessionOf(viewer: Viewer): string {
  if (viewer.kind === 'visitor') throw new SoukError('UNAUTHENTICATED')
  return viewer.id
}

/** What is recommended has been looked up by then: only what can be bought is. */
async function cardOf(productId: string, { offers }: Loaders): Promise<CardModel> {
  const offer = await offers.load(productId)
  if (offer === undefined) throw new Error(`product ${productId} is recommended and not known`)
  const { id, slug, name, images, price: lowest, highestPrice: highest } = offer
  return { id, slug, name, images, priceRange: { lowest, highest } }
}
