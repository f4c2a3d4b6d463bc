import { z } from 'zod'

import { utterance } from '../../../contracts/text.ts'
import { SoukError } from '../../../platform/errors.ts'
import { pageSize } from '../../../platform/graphql/page.ts'
import { parseInput, refused } from '../../../platform/graphql/refusals.ts'
import type { Resolvers } from './generated.ts'
import type { Loaders } from './loaders.ts'
import type { CardModel } from './models.ts'
import type { Recommending } from '../recommending.ts'

const mostProducts = 50
const longestQuestion = 2_000

const question = z.object({
  conversationId: z.string().nullish(),
  message: utterance('The question', longestQuestion),
})

export function createResolvers(recommending: Recommending): Resolvers {
  return {
    Query: {
      popularProducts: (_root, { first }, { loaders }) => recommending.popular({ loaders, first: pageSize(first) }),
      boughtWith(_root, { productIds, first }, { loaders }) {
        if (productIds.length > mostProducts) {
          throw new SoukError('INVALID_INPUT', `\`productIds\` holds at most ${mostProducts} ids.`, {
            field: 'productIds',
          })
        }
        return recommending.boughtWith(productIds, { loaders, first: pageSize(first) })
      },
    },
    Mutation: {
      askAssistant(_root, { input }) {
        const asked = parseInput(question, input)
        return asked.ok ? refused('NOT_FOUND', 'No assistant is configured in this shop yet.') : asked.refusal
      },
    },
    Recommendation: { product: ({ product }, _args, { loaders }) => cardOf(product.id, loaders) },
    Product: {
      boughtTogether: ({ id }, { first }, { loaders }) =>
        recommending.boughtTogether(id, { loaders, first: pageSize(first) }),
      similar: ({ id }, { first }, { loaders }) => recommending.similar(id, { loaders, first: pageSize(first) }),
    },
    User: {
      recommendations: ({ id }, { first }, { loaders }) =>
        recommending.forUser(id, { loaders, first: pageSize(first) }),
    },
    Cart: {
      suggestions({ lines = [] }, { first }, { loaders }) {
        const variantIds = lines.map(({ variant }) => variant.id)
        return recommending.forCart(variantIds, { loaders, first: pageSize(first) })
      },
    },
  }
}

/** What is recommended has been looked up by then: only what can be bought is. */
async function cardOf(productId: string, { offers }: Loaders): Promise<CardModel> {
  const offer = await offers.load(productId)
  if (offer === undefined) throw new Error(`product ${productId} is recommended and not known`)
  const { id, slug, name, images, price: lowest, highestPrice: highest } = offer
  return { id, slug, name, images, priceRange: { lowest, highest } }
}
