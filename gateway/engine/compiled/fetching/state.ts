import type { GraphQLError, GraphQLSchema } from 'graphql'

import type { Link } from '../../../fetch/link.ts'
import type { GatewayMetrics } from '../../../metrics/metrics.ts'
import type { ExecutionRequest } from '../../executor.ts'
import type { Fields } from '../fields.ts'
import type { Condition } from '../plan/tasks.ts'

/** An operation under way. */
export interface State {
  readonly request: ExecutionRequest
  /** What was fetched so far, under names of our own. */
  readonly data: Fields
  readonly errors: GraphQLError[]
}

/** One request of a plan, or all; resolves when what is answered is in the state's data. */
export type PlanStep = (state: State) => Promise<void>

export interface FetchParts {
  readonly schema: GraphQLSchema
  readonly linkTo: (subgraph: string) => Link
  readonly metrics: Pick<GatewayMetrics, 'requestSplit'>
}

export function isMade(conditions: readonly Condition[], { request }: State): boolean {
  return conditions.every(({ variable, value }) => (request.values[variable] === true) === value)
}
