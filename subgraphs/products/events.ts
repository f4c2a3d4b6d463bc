import { stockState } from '../../contracts/inventory.ts'
import { productState } from '../../contracts/products.ts'
import type { StateReader, StateWatcher } from '../../platform/messaging/bus.ts'
import { readsState } from '../../platform/messaging/handler.ts'
import {
  outgoing,
  parseMessage,
  UnparseableMessage,
  type Message,
  type OutgoingMessage,
} from '../../platform/messaging/message.ts'
import type { Logger } from '../../platform/telemetry/logging.ts'
import { imagesOf, type Product } from './domain/product.ts'
import type { IndexedProduct, ProductIndex } from './search/product-index.ts'
import type { ProductStore } from './stores/store.ts'

/** What is published of a product whenever it has changed. */
export function stateOf(state: Product): OutgoingMessage {
  const { id, version, createdAt, variants, ...product } = state
  return outgoing(productState, {
    key: id,
    version,
    data: {
      ...product,
      productId: id,
      createdAt: createdAt.toISOString(),
      images: imagesOf(state),
      variants: variants.map(({ id: variantId, options, ...variant }) => {
        return { variantId, options: [...options], ...variant }
      }),
    },
  })
}

/** Learns how much there is of each variant, for `inStockOnly`. */
export function stockReader(store: ProductStore): StateReader {
  return readsState(stockState, 'products.stock', (levels) => store.applyStock(levels))
}

/** Feeds this replica's index with what products itself has published. */
export function indexFeed({ index, log }: { index: ProductIndex; log: Logger }): StateWatcher {
  return {
    types: [productState.type],
    apply(messages) {
      for (const message of messages) {
        try {
          index.put(message.subject, message.aggregateversion, indexedFrom(message))
        } catch (thrown) {
          // One message that is beyond repair must not keep the rest of the catalogue from being found.
          if (!(thrown instanceof UnparseableMessage)) throw thrown
          log.error({ err: thrown }, 'a product cannot be indexed')
        }
      }
    },
  }
}

function indexedFrom(message: Message): IndexedProduct | undefined {
  const { productId, status, name, description, category, variants } = parseMessage(productState, message).data
  if (status !== 'ACTIVE') return undefined
  return {
    id: productId,
    name,
    description,
    category: category.name,
    skus: variants.map(({ sku }) => sku),
    options: variants.flatMap(({ options }) => options.map(({ value }) => value)),
  }
}
