import { operationFromDocument, Supergraph } from '@apollo/federation-internals'
import { QueryPlanner, type PlanNode } from '@apollo/query-planner'
import type { DocumentNode, GraphQLSchema } from 'graphql'

import { knowScalars } from './scalars.ts'

export type { FetchDataRewrite, FetchNode, PlanNode, QueryPlanSelectionNode } from '@apollo/query-planner'

export interface Planner {
  /** What clients may ask for. */
  readonly schema: GraphQLSchema
  /** @returns undefined where there is nothing to fetch */
  plan(document: DocumentNode): PlanNode | undefined
}

/**
 * Apollo's query planner over the composed supergraph.
 * @param foreign of somebody else's graph it is not known how values of its scalars are written
 */
export function createPlanner(supergraphSdl: string, { foreign = false } = {}): Planner {
  const supergraph = Supergraph.build(supergraphSdl)
  const apiSchema = supergraph.apiSchema()
  const planner = new QueryPlanner(supergraph)
  const schema = apiSchema.toGraphQLJSSchema()
  if (!foreign) knowScalars(schema)
  return {
    schema,
    plan(document) {
      const { node } = planner.buildQueryPlan(operationFromDocument(apiSchema, document, { validate: false }))
      if (node?.kind === 'Subscription') throw new Error('this graph has no subscriptions')
      return node
    },
  }
}
