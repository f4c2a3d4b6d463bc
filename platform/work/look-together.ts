import { inNoTrace } from '../telemetry/trace.ts'

/** Looks many things up by their keys. What it found may hold more than was asked for. */
type Look<Key, Found> = (keys: readonly Key[]) => Promise<Found>

interface Gathered<Key, Found> {
  readonly keys: Set<Key>
  readonly found: Promise<Found>
  resolve(found: Found | Promise<Found>): void
}

/** More than one, so that others get by while one hangs. */
const atOnce = 2
/** Milliseconds that those who ask wait at the most for others, all of which may hang. */
const longestWait = 1_000

/**
 * Lets those who ask while others are answered be answered together: many requests then cost a store as much as a few. Nothing is
 * kept, and each answer is looked up after its question. A key must not be able to fail the others' answer.
 */
export function lookTogether<Key, Found>(look: Look<Key, Found>): Look<Key, Found> {
  let underWay = 0
  let next: Gathered<Key, Found> | undefined
  let timer: NodeJS.Timeout | undefined

  async function begin(keys: readonly Key[]): Promise<Found> {
    underWay += 1
    try {
      return await look(keys)
    } finally {
      underWay -= 1
      beginNext()
    }
  }

  function beginNext(): void {
    clearTimeout(timer)
    const gathered = next
    next = undefined
    gathered?.resolve(inNoTrace(() => begin([...gathered.keys])))
  }

  return (keys) => {
    if (underWay < atOnce) return begin(keys)
    if (next === undefined) {
      next = nobodyYet()
      timer = setTimeout(beginNext, longestWait)
    }
    for (const key of keys) next.keys.add(key)
    return next.found
  }
}

function nobodyYet<Key, Found>(): Gathered<Key, Found> {
  let resolve: Gathered<Key, Found>['resolve'] = () => undefined
  const found = new Promise<Found>((settle) => (resolve = settle))
  return { keys: new Set(), found, resolve }
}
