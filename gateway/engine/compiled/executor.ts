import { LRUCache } from 'lru-cache'

import type { GatewayMetrics } from '../../metrics/metrics.ts'
import type { Planner, PlanNode } from '../apollo/planner.ts'
import type { ExecutableOperation, Executor } from '../executor.ts'
import { errorByClientNames } from '../names.ts'
import type { Variables } from '../client-document.ts'
import type { FetchParts, State, PlanStep } from './fetching/state.ts'
import { NotCompiled } from './not-compiled.ts'
import { requesting } from './requests.ts'
import { createSink } from './sink.ts'
import { writing, type Write } from './writing.ts'

type ExecutorMetrics = Pick<GatewayMetrics, 'operationPrepared' | 'operationNotCompiled' | 'requestSplit'>

interface Compiled {
  readonly fetch: PlanStep | undefined
  /** For the values that `@skip` and `@include` read. */
  writerFor(values: Variables): Write
}

/** Of one operation, for different values of its conditions. */
const mostWriters = 64

/** Carries out what is planned once and compiled. */
export function compiledExecutor(planner: Planner, linkTo: FetchParts['linkTo'], metrics: ExecutorMetrics): Executor {
  const { schema } = planner
  const sink = createSink()
  // What is compiled lives as long as what it is made of; so does why it is not.
  const operations = new WeakMap<ExecutableOperation, Compiled | NotCompiled>()

  function compiledOf(operation: ExecutableOperation): Compiled {
    const known = operations.get(operation) ?? first(operation)
    if (!(known instanceof NotCompiled)) return known
    metrics.operationNotCompiled(known.reason)
    throw known
  }

  function first(operation: ExecutableOperation): Compiled | NotCompiled {
    const made = madeOf(operation)
    operations.set(operation, made)
    if (!(made instanceof NotCompiled)) metrics.operationPrepared()
    return made
  }

  function madeOf(operation: ExecutableOperation): Compiled | NotCompiled {
    try {
      const plan = planOf(operation)
      return {
        fetch: plan && requesting(plan, { schema, linkTo, metrics }),
        writerFor: byConditions(operation, (values) => writing(operation, values, { schema, sink })),
      }
    } catch (thrown) {
      if (thrown instanceof NotCompiled) return thrown
      throw thrown
    }
  }

  function planOf({ document }: ExecutableOperation): PlanNode | undefined {
    try {
      return planner.plan(document)
    } catch (cause) {
      throw new NotCompiled('no plan', { cause })
    }
  }

  return {
    prepare: (operation) => void compiledOf(operation),
    async run(operation, request) {
      const { fetch, writerFor } = compiledOf(operation)
      const state: State = { request, data: {}, errors: [] }
      await fetch?.(state)
      const { data, holes } = writerFor(request.values)(state.data)
      return { data, holes, errors: state.errors.map((error) => errorByClientNames(error, operation.clientNames)) }
    },
    stop: () => Promise.resolve(),
  }
}

/** Makes a writer once for each choice of what `@skip` and `@include` read. */
function byConditions({ conditionVariables }: ExecutableOperation, make: (values: Variables) => Write) {
  const made = new LRUCache<string, Write, Variables>({
    max: mostWriters,
    memoMethod: (_key, _stale, { context }) => make(context),
  })
  return (values: Variables): Write => {
    const key = conditionVariables.map((name) => (values[name] === true ? '1' : '0')).join('')
    return made.memo(key, { context: values })
  }
}
