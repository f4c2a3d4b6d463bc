import { productState } from '../../contracts/products.ts'
import { differences, settledFacts, type ReadModel } from '../../platform/laws/facts.ts'
import type { Law } from '../../platform/laws/law.ts'
import type { Audited } from '../stores.ts'

/** Everything that a subgraph keeps of others' state messages. */
export function readModelLaws(audited: Audited): Law[] {
  const { products, cart, orders, recommendations, bus } = audited
  const models = [products, cart, orders, recommendations].flatMap(({ readModels }) => readModels)
  return [...models.map((model) => rebuildLaw(model, bus)), shelfLaw(audited)]
}

function rebuildLaw(model: ReadModel, bus: Audited['bus']): Law {
  return {
    name: `the read model ${model.name} equals a rebuild from the bus`,
    async check() {
      const found = await model.found()
      const expected = (await bus.states(model.type)).flatMap((message) => model.expected(message))
      // There a rebuild may know more.
      const pending = await bus.stateOnTheWay(model.reader, model.type)
      return {
        checked: expected.length,
        violations: differences(settledFacts(expected, pending), settledFacts(found, pending)),
      }
    },
  }
}

/** One way: what a product no longer has stays on the shelf until it is counted. */
function shelfLaw({ inventory, bus }: Audited): Law {
  const { type, data } = productState
  return {
    name: 'every variant of the catalogue is on the shelf',
    async check() {
      const shelved = await inventory.shelved()
      const products = await bus.states(type)
      const pending = await bus.stateOnTheWay('inventory.catalogue', type)
      const variants = products
        .filter(({ key }) => !pending.has(key))
        .flatMap((product) => data.parse(product.data).variants)
      return {
        checked: variants.length,
        violations: variants
          .filter(({ variantId }) => !shelved.has(variantId))
          .map(({ variantId }) => `inventory has never put variant ${variantId} on the shelf`),
      }
    },
  }
}
