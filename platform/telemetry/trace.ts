import { AsyncLocalStorage } from 'node:async_hooks'

import { traceIdOf, type Traceparent } from './traceparent.ts'

/**
 * The trace that work is part of, without its being handed on. While it is in use, Node 20 follows each promise of the process, which
 * costs whatever else the process does a tenth of its CPU: so it is in use only while somebody is in a trace. The gateway, and
 * queries of subgraphs, hand traces on by themselves, and come here when something has failed.
 */
const current = new AsyncLocalStorage<Traceparent | undefined>()
let inTraces = 0

/** Runs `work`, and all it awaits, as part of the trace. What nobody waits for may lose it. */
export function inTrace<Result>(traceparent: Traceparent, work: () => Result): Result {
  const leave = followTraces()
  try {
    const result = current.run(traceparent, work)
    if (result instanceof Promise) void result.then(leave, leave)
    else leave()
    return result
  } catch (thrown) {
    leave()
    throw thrown
  }
}

/** Lets traces be followed until what it returns is called: between one `inTrace` and the next of work that goes on meanwhile. */
export function followTraces(): () => void {
  inTraces += 1
  let isLeft = false
  return () => {
    if (isLeft) return
    isLeft = true
    inTraces -= 1
    if (inTraces === 0) current.disable()
  }
}

/** Runs work that belongs to nobody's request, whoever has set it off. */
export function inNoTrace<Result>(work: () => Result): Result {
  return current.getStore() === undefined ? work() : current.run(undefined, work)
}

export function currentTraceparent(): Traceparent | undefined {
  return current.getStore()
}

export function currentTraceId(): string | undefined {
  return traceIdOf(current.getStore())
}
