/**
 * How well recommendations foresee what real shoppers did: `node scripts/run.js scripts/measure-recommendations.ts`.
 * Prints how often one product that a shopper really took is among the first 6 beside one other of the basket, among the
 * first 10 for the rest of the basket as a cart, and, new to the customer, among the first 12 for all bought before.
 *
 * Lists are learnt from the baskets before a day and tried on those of the weeks after it. Tuning is chosen on September
 * and reported on October and November, which had no part in the choice: `docs/decisions/0009-recommendations.md`.
 */
import { join } from 'node:path'

import { readDemoBaskets, type DemoBasket } from '../demo/baskets.ts'
import { readDemoItems } from '../demo/catalogue/items.ts'
import { contestants } from './measure/contestants.ts'
import { hitRate, trialsFrom } from './measure/trials.ts'

const dataDir = join(import.meta.dirname, '..', 'data')
const baskets = await readDemoBaskets(dataDir)
const { length: productCount } = await readDemoItems(dataDir)

measure('Choosing: learnt before September, tried on it', { from: '2011-09-01', to: '2011-10-01' })
measure('Reporting: learnt before October, tried on all since', { from: '2011-10-01', to: '2011-12-01' })

function measure(title: string, { from, to }: { from: string; to: string }): void {
  const learnt = between('2010-01-01', from)
  const { page, cart, history } = trialsFrom({ learnt, tried: between(from, to) })
  console.log(`\n${title}: ${learnt.length} baskets learnt, ${cart.length} trials (${history.length} with a history)`)
  for (const { name, recommend } of contestants({ learnt, productCount })) {
    const rates = [hitRate(page, 6, recommend), hitRate(cart, 10, recommend), hitRate(history, 12, recommend)]
    console.log(name.padEnd(36), ...rates.map((rate) => rate.toFixed(3).padStart(7)))
  }
}

function between(from: string, to: string): DemoBasket[] {
  return baskets.filter(({ at }) => at >= new Date(from) && at < new Date(to))
}
