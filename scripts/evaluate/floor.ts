import type { Evaluated } from './evaluation.ts'
import type { SurfaceName } from './surfaces.ts'

type Floor = Readonly<Record<SurfaceName, number>>

/**
 * R@10 that what is served has reached, less what another machine's rounding and a changed tie may cost. Whoever makes it
 * better raises the floor.
 */
export const floors: Readonly<Record<'whole' | 'quick', Floor>> = {
  whole: { page: 0.05, cart: 0.09, home: 0.05 },
  quick: { page: 0.07, cart: 0.095, home: 0.045 },
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
