import type { GatewayMetrics } from '../../metrics/metrics.ts'
import type { Planner, PlanNode } from '../apollo/planner.ts'
import { byChoice } from '../choices.ts'
import type { ExecutableOperation, Executor } from '../executor.ts'
import { errorByClientNames } from '../names.ts'
import type { FetchParts, State, PlanStep } from './fetching/state.ts'
import { NotCompiled } from './not-compiled.ts'
import { requesting } from './requests.ts'
import { createSink } from './writing/sink.ts'
import { writing } from './writing/writing.ts'

type ExecutorMetrics = Pick<GatewayMetrics, 'operationPrepared' | 'operationNotCompiled' | 'requestSplit'>

interface Compiled {
  readonly fetch: PlanStep | undefined
}

/** Bytes of what writes the answers of all operations. */
const writerBytes = 32 * 1_048_576

/** Carries out what is planned once and compiled. */
export function compiledExecutor(planner: Planner, linkTo: FetchParts['linkTo'], metrics: ExecutorMetrics): Executor {
  const { schema } = planner
  const sink = createSink()
  // What is compiled lives as long as what it is made of; so does why it is not.
  const operations = new WeakMap<ExecutableOperation, Compiled | NotCompiled>()
  const writerFor = byChoice({
    bytes: writerBytes,
    make: (operation: ExecutableOperation, values, grow) => writing(operation, values, { schema, sink, grow }),
  })

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
      return { fetch: plan && requesting(plan, { schema, linkTo, metrics }) }
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
      const { fetch } = compiledOf(operation)
      const state: State = { request, data: {}, errors: [] }
      await fetch?.(state)
      const { data, holes, answer } = writerFor(operation, request.values)(state.data)
      return {
        data,
        holes,
        answer,
        errors: state.errors.map((error) => errorByClientNames(error, operation.clientNames)),
      }
    },
    stop: () => Promise.resolve(),
  }
}
