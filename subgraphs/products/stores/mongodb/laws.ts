import { imagesOf, productState } from '../../../../contracts/products.ts'
import { readModelOf, type Fact } from '../../../../platform/laws/facts.ts'
import type { Law } from '../../../../platform/laws/law.ts'
import { longTimeout, type MongoDatabase } from '../../../../platform/mongodb/database.ts'
import { readState, stockLawName, stockModel, stockViolation, type ProductsLaws } from '../../laws.ts'
import { collections, type ProductDocument, type StockLevelDocument } from './documents.ts'

/** What must hold of products' store, and what is reported of it, where that is MongoDB. */
export function mongoProductsLaws(database: MongoDatabase): ProductsLaws {
  return {
    laws: [stockLaw(database)],
    state: {
      type: productState.type,
      facts: async () => (await allProducts(database)).map(published),
      read: readState,
    },
    readModels: [
      readModelOf(stockModel, async () =>
        (await allLevels(database)).map(({ _id: key, ...fact }) => {
          return { key, messageKey: key, fact }
        }),
      ),
    ],
  }
}

const patiently = { timeoutMS: longTimeout }

function allProducts(database: MongoDatabase): Promise<ProductDocument[]> {
  return database.collection<ProductDocument>(collections.products).find({}, patiently).toArray()
}

function allLevels(database: MongoDatabase): Promise<StockLevelDocument[]> {
  return database.collection<StockLevelDocument>(collections.stockLevels).find({}, patiently).toArray()
}

/** What the bus should have of it. */
function published(product: ProductDocument): Fact {
  const { _id: key, slug, name, description, status, category, createdAt, version } = product
  const variants = product.variants.map(({ id: variantId, skuKey: _, ...variant }) => ({ variantId, ...variant }))
  const shown = { productId: key, slug, name, description, status, category, createdAt: createdAt.toISOString() }
  const images = imagesOf({ ...shown, variants: [] }).map((image) => ({ ...image }))
  return { key, messageKey: key, fact: { version, data: { ...shown, images, variants } } }
}

function stockLaw(database: MongoDatabase): Law {
  return {
    name: stockLawName,
    async check() {
      const products = await allProducts(database)
      const levels = await allLevels(database)
      const buyable = new Set(levels.filter(({ available }) => available > 0).map(({ _id }) => _id))
      return {
        checked: products.length,
        violations: products.flatMap(({ _id, inStock: listed, variants }) => {
          return stockViolation(_id, { listed, buyable: variants.some(({ id }) => buyable.has(id)) }) ?? []
        }),
      }
    },
  }
}
