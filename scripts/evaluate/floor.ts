import type { Evaluated } from './evaluation.ts'
import type { SurfaceName } from './surfaces.ts'

type Floor = Readonly<Record<SurfaceName, number>>

/**
 * R@10 that what is served has reached, less what a changed tie may cost; the data and the arithmetic are the same on every
 * machine. Measured of `whole`: .068, .106 and .057, where EASE alone has .103 on the cart and .035 at home; of `quick`: .0824, .1233 and .0691; shrunk cosine alone has .0793, .1187 and .0607. Whoever makes it
 * better raises the floor.
 */
export const floors: Readonly<Record<'whole' | 'quick', Floor>> = {
  whole: { page: 0.066, cart: 0.104, home: 0.055 },
  quick: { page: 0.081, cart: 0.121, home: 0.066 },
}

/** Says where what is served has become worse. */
export function underFloor(results: readonly Evaluated[], floor: Floor): string[] {
  return results
    .filter(({ configuration }) => configuration === 'served')
    .filter(({ surface, at10 }) => at10.recall.mean < floor[surface])
    .map(({ surface, at10 }) => {
      const reached = at10.recall.mean.toFixed(4)
      return `What is served on the ${surface} has R@10 ${reached}, under the floor of ${floor[surface]}.`
    })
}
