import type { DatabaseSchema } from '../../../../platform/mongodb/schema.ts'
import { outboxIndex, outboxSchema } from '../../../../platform/mongodb/messaging/entries.ts'
import { collections } from './documents.ts'

const text = { bsonType: 'string' }
const whole = { bsonType: ['int', 'long', 'double'], multipleOf: 1 }
const amount = { ...whole, minimum: 0 }

/** An object of exactly these fields. */
const exactly = (properties: Record<string, object>) => ({
  bsonType: 'object',
  required: Object.keys(properties),
  properties,
  additionalProperties: false,
})

const level = exactly({ available: whole, version: whole })

const variant = exactly({
  id: text,
  sku: text,
  skuKey: text,
  name: text,
  price: exactly({ amount, currency: text }),
  options: { bsonType: 'array', items: exactly({ name: text, value: text }) },
  initialStock: amount,
})

const product = exactly({
  _id: text,
  slug: text,
  name: text,
  sortName: text,
  description: text,
  status: { enum: ['ACTIVE', 'DISCONTINUED'] },
  category: exactly({ slug: text, name: text }),
  createdAt: { bsonType: 'date' },
  version: { ...whole, minimum: 1 },
  variants: { bsonType: 'array', minItems: 1, items: variant },
  lowestPrice: amount,
  stock: { bsonType: 'object', additionalProperties: level },
  inStock: { bsonType: 'bool' },
  outbox: outboxSchema,
})

/** What products keeps, and an index for every query that is asked of it. */
export const productsSchema: DatabaseSchema = {
  version: 1,
  collections: [
    {
      name: collections.products,
      validator: product,
      indexes: [
        { name: 'slug', key: { slug: 1 }, unique: true },
        { name: 'variant', key: { 'variants.id': 1 }, unique: true },
        { name: 'sku', key: { 'variants.skuKey': 1 }, unique: true },
        // One for each order a list can have; all lists are of what is on sale.
        { name: 'byName', key: { status: 1, sortName: 1, _id: 1 } },
        { name: 'byPrice', key: { status: 1, lowestPrice: 1, _id: 1 } },
        { name: 'byAge', key: { status: 1, createdAt: 1, _id: 1 } },
        { name: 'byCategory', key: { status: 1, 'category.slug': 1 } },
        outboxIndex,
      ],
    },
    {
      name: collections.categories,
      validator: exactly({ _id: text, name: text, position: whole }),
      indexes: [{ name: 'inOrder', key: { position: 1, _id: 1 } }],
    },
    {
      name: collections.stockLevels,
      validator: exactly({ _id: text, available: whole, version: whole }),
      indexes: [],
    },
  ],
}
