import { DeadlinePassed, withinTime } from '../../../platform/work/deadline.ts'
import type { Fetch, Step } from '../link.ts'

/**
 * A fetch takes no longer than the deadline, and no longer than its client waits; then it is called off. A subgraph that
 * has missed its deadline is not waited for again in the same request: one that hangs costs one deadline, at however many
 * levels of the answer it is needed.
 * @param deadlineOf milliseconds that a fetch may take
 */
export function keepDeadline(deadlineOf: (fetch: Fetch) => number): Step {
  return (next) => async (fetch, cancellation) => {
    const { subgraph, query, operationName, variables, asker, share } = fetch
    const deadline = deadlineOf(fetch)
    if (asker.late.has(subgraph)) throw new Error(`${subgraph} has missed its deadline in this request before`)
    try {
      const until = performance.now() + deadline
      const timed: Fetch = { subgraph, query, operationName, variables, asker, share, deadline: until }
      return await withinTime(deadline, (both) => next(timed, both), cancellation)
    } catch (thrown) {
      if (!(thrown instanceof DeadlinePassed)) throw thrown
      asker.late.add(subgraph)
      throw new Error(`${subgraph} did not answer within ${deadline} ms`, { cause: thrown })
    }
  }
}
