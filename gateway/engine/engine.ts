import { isInterfaceType, isObjectType, OperationTypeNode, parse, type GraphQLSchema } from 'graphql'

import { SoukError } from '../../platform/errors.ts'
import { isStaff } from '../../platform/identity/viewer.ts'
import { followChanges } from '../cache/following.ts'
import { keptFetches } from '../cache/kept-fetches.ts'
import { sharedReads } from '../cache/reads.ts'
import { responseCache } from '../cache/response-cache.ts'
import { cacheRulesIn } from '../cache/rules.ts'
import { defaultCacheBytes, defaultLimits } from '../config.ts'
import type { GatewayDependencies } from '../dependencies.ts'
import type { Asker } from '../fetch/link.ts'
import { linkTo } from '../fetch/links.ts'
import type { Answer } from '../http/answers.ts'
import { methodNotAllowed, RequestRefused } from '../http/client-error.ts'
import { masked, type Told } from '../http/masking.ts'
import { createMetrics, type GatewayMetrics } from '../metrics/metrics.ts'
import { decorationsIn } from '../supergraph.ts'
import { createPlanner } from './apollo/planner.ts'
import { compiledExecutor } from './compiled/executor.ts'
import type { Variables } from './client-document.ts'
import type { DocumentRules } from './prepare/document.ts'
import type { ExecutableOperation } from './executor.ts'
import { tooCostly } from './limits/limits.ts'
import { foreignSizes, soukSizes } from './limits/list-sizes.ts'
import { limitVariables } from './limits/variables.ts'
import { requireNoOwnNames } from './names.ts'
import { preparation, type KnownOperation } from './prepare/preparation.ts'
import type { PreparedOperation } from './prepare/prepared.ts'
import { running } from './run.ts'
import { coercing } from './variables.ts'

export interface EngineRequest {
  readonly text: string
  readonly operationName: string | undefined
  readonly variables: Variables
  /** Whether nothing may be changed by it. */
  readonly readOnly: boolean
  /** Whether a subgraph asks, in a viewer's name: nothing may be changed by that either. */
  readonly onErrand: boolean
  /** Pays for what the operation costs, before it is begun. @throws SoukError RATE_LIMITED when there is not enough left */
  payFor(cost: number): Promise<void>
}

export interface Engine {
  /**
   * What a client may not read of a failure is in the log.
   * @throws RequestRefused where HTTP has a status of its own for it
   */
  answer(request: EngineRequest, asker: Asker): Promise<Answer>
  /** Does what is done once for an operation. @throws RequestRefused where this graph has no such operation */
  warm(operation: KnownOperation): void
  /** What it has prepared, from what was asked for last to what was asked for longest ago. */
  recent(): Iterable<KnownOperation>
  /** Answers nobody any more by what was read before this request has changed something. */
  forgetChangedBy(asker: Asker): void
  stop(): Promise<void>
}

interface EngineDependencies extends GatewayDependencies {
  /** Left out, nobody reads what is counted. */
  readonly metrics?: GatewayMetrics
}

/** Prepares each document once, and runs it for each request. @param execute another executor, to be compared with */
export function createEngine(dependencies: EngineDependencies, execute = compiledExecutor): Engine {
  const { supergraphSdl, log, config, metrics = createMetrics() } = dependencies
  const { limits = defaultLimits, production, foreign = false } = config
  const supergraph = parse(supergraphSdl)
  const planner = createPlanner(supergraphSdl, { foreign })
  const { schema } = planner
  requireNoOwnNames(fieldNames(schema))
  const rulesOfCache = cacheRulesIn(supergraph)
  // Half of the room is for what is sent, half for what it is made of.
  const bytes = (config.cacheBytes ?? defaultCacheBytes) / 2
  const following = followChanges({
    changes: bytes > 0 ? dependencies.changes : undefined,
    messages: rulesOfCache.messages,
  })
  const keepFetches = keptFetches({ bytes, following, schema, rules: rulesOfCache })
  const parts = { ...dependencies, decorations: decorationsIn(supergraph), keepFetches }
  const executor = execute(planner, (name) => linkTo(name, parts), metrics)
  const rules: DocumentRules = { schema, limits, production, sizes: foreign ? foreignSizes : soukSizes }
  const { prepare, recent } = preparation(rules)
  const coerced = coercing(rules)
  const run = running({ schema, executor, log })
  const sharedReadOf = sharedReads({ schema, rules: rulesOfCache })
  const cache = responseCache({ bytes, following })
  async function answer(request: EngineRequest, asker: Asker): Promise<Answer> {
    const { text, operationName, variables, readOnly, onErrand } = request
    limitVariables(variables, limits)
    const { name, prepared } = prepare(text, operationName)
    if (readOnly) requireQuery(prepared)
    if (onErrand && !isQuery(prepared)) throw new SoukError('FORBIDDEN', 'On an errand there are only queries.')
    const values = coerced(prepared, variables)
    const cost = prepared.cost(values)
    if (cost > limits.cost) throw tooCostly('objects in its answer', { limit: limits.cost, found: cost })
    const carryOut = (as: Asker) => run({ prepared, operationName: name, given: variables, values, asker: as })
    const read = onErrand ? undefined : sharedReadOf(prepared, { given: variables, values, asker })
    if (read !== undefined) return cache.answer(read, { asker, carryOut, pay: () => request.payFor(cost) })
    await request.payFor(cost)
    return carryOut(asker).finally(() => forgetChangedBy(asker))
  }

  /** Who has changed something sees it at once, and so does everybody whom this gateway answers. Others than staff change nothing that is kept. */
  function forgetChangedBy({ viewer, changed }: Asker): void {
    if (changed.size === 0) return
    cache.changed()
    if (isStaff(viewer)) following.forget(changed)
  }

  return {
    answer: (request, asker) =>
      answer(request, asker).catch((thrown: unknown) => refusalOf(thrown, { log, traceparent: asker.traceparent })),
    warm({ text, operationName }) {
      for (const step of stepsOf(prepare(text, operationName).prepared)) executor.prepare(step)
    },
    recent,
    forgetChangedBy,
    async stop() {
      await following.stop()
      await executor.stop()
    },
  }
}

/** @throws RequestRefused where HTTP has a status of its own for it: that is for the policy that answers errors */
function refusalOf(thrown: unknown, told: Told): Answer {
  if (!(thrown instanceof RequestRefused)) return { errors: [masked(thrown, told)] }
  if (thrown.status !== undefined) throw thrown
  return { errors: thrown.errors }
}

function stepsOf({ plan }: PreparedOperation): readonly ExecutableOperation[] {
  if (plan.kind === 'in turn') return [...plan.steps.values()]
  return plan.step === undefined ? [] : [plan.step]
}

function fieldNames(schema: GraphQLSchema): string[] {
  const types = Object.values(schema.getTypeMap())
  return types.flatMap((type) => (isObjectType(type) || isInterfaceType(type) ? Object.keys(type.getFields()) : []))
}

function isQuery({ operation }: PreparedOperation): boolean {
  return operation.operation === OperationTypeNode.QUERY
}

function requireQuery(prepared: PreparedOperation): void {
  if (isQuery(prepared)) return
  throw methodNotAllowed('Use POST: by GET there are only queries.', 'POST')
}
