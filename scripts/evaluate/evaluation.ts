import { join } from 'node:path'

import { readDemoData } from '../../demo/seed.ts'
import { configurationNames, type ConfigurationName } from '../../subgraphs/recommendations/domain/configurations.ts'
import { nameLikeness, telling } from '../../subgraphs/recommendations/domain/similar/likeness.ts'
import { accuracyAt, characterOf, type Accuracy, type Catalogue, type Character } from './measures.ts'
import { openShop, type EvaluatedBasket } from './shop.ts'
import { answersAt, type SurfaceName } from './surfaces.ts'
import { trialsFrom } from './trials.ts'

/** Learnt up to `from`; tried on what was bought since, up to `to`. */
export interface Window {
  readonly from: string
  readonly to: string
  /** Takes each so many-th trial only. */
  readonly every: number
  /** Of the baskets before, the newest so many. */
  readonly learnt: number
  readonly trainedProducts: number
  readonly configurations: readonly ConfigurationName[]
}

export const windows = {
  /** What was chosen was chosen here. */
  validation: { from: '2011-09-01', to: '2011-10-01' },
  /** It had no part in any choice. */
  test: { from: '2011-10-01', to: '2011-12-01' },
}

/** All of it: some minutes. */
export const whole = { every: 4, learnt: Infinity, trainedProducts: 5_000, configurations: configurationNames }
/** As much as a gate can wait for; what is served is held to a floor by it, and something worse shown to fall under that. */
export const quick: Omit<Window, 'from' | 'to'> = {
  ...{ every: 16, learnt: 5_000, trainedProducts: 1_000 },
  configurations: ['served', 'shrunk-cosine'],
}

export interface Evaluated {
  readonly configuration: ConfigurationName
  readonly surface: SurfaceName
  readonly trials: number
  readonly at10: Accuracy
  readonly at20: Accuracy
  readonly character: Character
}

/**
 * Trains as it is trained, asks as it is asked, and compares with what the shoppers took.
 * @param tell is told of each step
 */
export async function evaluate(window: Window, tell: (step: string) => void = () => undefined): Promise<Evaluated[]> {
  const { baskets, catalogue } = await readDemoData(join(import.meta.dirname, '..', '..', 'data'))
  const all = baskets.map(({ at, customer, items }): EvaluatedBasket => {
    const productIds = [...new Set(items.flatMap((item) => catalogue.productOfItem.get(item) ?? []))]
    return { at, customer, productIds }
  })
  const [from, to] = [new Date(window.from), new Date(window.to)]
  const learnt = all.filter(({ at }) => at < from).slice(-window.learnt)
  const tried = all.filter(({ at }) => at >= from && at < to)
  const trials = trialsFrom({ learnt, tried }, window.every)
  const customers = new Set(trials.home.map(({ customer }) => customer))
  const shop = await openShop({ catalogue, baskets: learnt, customers, trainedProducts: window.trainedProducts })
  tell('trained')
  const known = catalogueFrom(catalogue.products, learnt)
  const results: Evaluated[] = []
  try {
    for (const configuration of window.configurations) {
      const ask = await shop.replica(configuration)
      for (const surface of surfacesOf(configuration)) {
        const answers = await answersAt(surface, trials, ask)
        tell(`${configuration} asked on the ${surface}`)
        results.push({
          ...{ configuration, surface, trials: answers.length },
          ...{ at10: accuracyAt(10, answers), at20: accuracyAt(20, answers) },
          character: characterOf(answers, known),
        })
      }
    }
  } finally {
    await shop.stop()
  }
  return results
}

/** Those where it is not the same as what is served. */
function surfacesOf(configuration: ConfigurationName): readonly SurfaceName[] {
  return configuration === 'diverse' ? ['home'] : ['page', 'cart', 'home']
}

function catalogueFrom(
  products: readonly { readonly id: string; readonly name: string }[],
  learnt: readonly EvaluatedBasket[],
): Catalogue {
  const words = new Map(products.map(({ id, name }) => [id, telling(name)]))
  const counts = new Map<string, number>()
  for (const id of learnt.flatMap(({ productIds }) => productIds)) counts.set(id, (counts.get(id) ?? 0) + 1)
  return {
    productCount: products.length,
    likeness: (one, other) => nameLikeness(words.get(one) ?? new Set(), words.get(other) ?? new Set()),
    shareOf: (product) => (counts.get(product) ?? 1) / learnt.length,
  }
}
