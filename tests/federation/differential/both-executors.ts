import { print } from 'graphql'
import { LRUCache } from 'lru-cache'

import { Cancellation } from '../../../platform/work/cancellation.ts'
import type { PlanNode, Planner } from '../../../gateway/engine/apollo/planner.ts'
import { compiledExecutor } from '../../../gateway/engine/compiled/executor.ts'
import { createEngine, type Engine } from '../../../gateway/engine/engine.ts'
import type { GatewayDependencies } from '../../../gateway/dependencies.ts'
import { parsedFields } from '../../../gateway/http/json-fields.ts'
import { visitor } from '../../../platform/identity/viewer.ts'
import { createLogger } from '../../../platform/telemetry/logging.ts'
import { inApolloExecutor } from './apollo-executor.ts'

export interface Asked {
  readonly text: string
  readonly operationName?: string | undefined
  readonly variables?: Readonly<Record<string, unknown>>
}

export interface Answered {
  readonly data: unknown
  /** In whatever order: Apollo's executor has not the one that the specification asks for where fields merge. */
  readonly errors: readonly string[]
}

export interface BothExecutors {
  own(asked: Asked): Promise<Answered>
  apollo(asked: Asked): Promise<Answered>
  stop(): Promise<void>
}

/** The same subgraphs behind Souk's engine and behind Apollo's executor. */
export function bothExecutors(
  parts: Pick<GatewayDependencies, 'supergraphSdl' | 'subgraphs'> & { foreign?: boolean },
): BothExecutors {
  const { supergraphSdl, subgraphs, foreign = false } = parts
  const dependencies: GatewayDependencies = {
    ...{ supergraphSdl, subgraphs },
    identify: () => Promise.resolve(visitor),
    passports: () => Promise.resolve('passport'),
    jwks: () => Promise.resolve({ keys: [] }),
    log: createLogger('silent'),
    config: {
      production: false,
      foreign,
      graphiqlFolder: '',
      fetchDeadline: 20_000,
      hosts: { bind: '', allowed: [] },
      corsOrigins: [],
    },
  }
  const apollosExecutor = inApolloExecutor(supergraphSdl)
  const plans = new LRUCache<string, { readonly node: PlanNode | undefined }>({ max: 100 })
  const own = createEngine(dependencies, (planner, linkTo, metrics) =>
    compiledExecutor(planningOnce(planner), linkTo, metrics),
  )
  const apollo = createEngine(dependencies, (planner, linkTo) => apollosExecutor(planningOnce(planner), linkTo))
  return {
    own: (asked) => answerOf(own, asked),
    apollo: (asked) => answerOf(apollo, asked),
    async stop() {
      await Promise.all([own.stop(), apollo.stop()])
    },
  }

  /** It takes longer than all else, and both carry out the same plan. */
  function planningOnce(planner: Planner): Planner {
    return {
      schema: planner.schema,
      plan(document) {
        const text = print(document)
        const known = plans.get(text) ?? { node: planner.plan(document) }
        plans.set(text, known)
        return known.node
      },
    }
  }
}

async function answerOf(engine: Engine, { text, operationName, variables = {} }: Asked): Promise<Answered> {
  const asker = {
    viewer: visitor,
    traceparent: '00-0123456789abcdef0123456789abcdef-0123456789abcdef-01',
    clientAddress: undefined,
    cancellation: new Cancellation(),
    late: new Set<string>(),
    changed: new Set<string>(),
  }
  const request = {
    text,
    operationName,
    variables,
    readOnly: false,
    onErrand: false,
    payFor: () => Promise.resolve(),
  }
  const { data, errors = [] } = await engine.answer(request, asker)
  const places = errors.map(({ path, message, extensions }) => JSON.stringify({ path, message, extensions }))
  return { data: data && parsedFields(data), errors: places.sort() }
}
