import { GraphQLError, type ExecutionResult } from 'graphql'

import { asError } from '../../../../platform/errors.ts'
import type { Fetch } from '../../../fetch/link.ts'
import type { FetchNode } from '../../apollo/planner.ts'
import { isFields, setField, type Fields } from '../fields.ts'
import { merge } from '../merge.ts'
import { objectsAt, pathsAt } from '../places.ts'
import type { FetchPart } from '../plan/requests.ts'
import { rewriting } from '../rewrites.ts'
import { fetchingEntities } from './entities.ts'
import { namingFetch } from './named-fetch.ts'
import { placed } from './placed.ts'
import { isMade, type FetchParts, type PlanStep, type State } from './state.ts'

/** Sends a fetch with what it needs of the client's variables. */
export type Send = (
  state: State,
  representations?: readonly Fields[],
  share?: Fetch['share'],
) => Promise<ExecutionResult>

export function sending(node: FetchNode, { linkTo }: FetchParts): Send {
  const { serviceName: subgraph, variableUsages: names = [] } = node
  const link = linkTo(subgraph)
  const textFor = namingFetch(node)
  return ({ request: { operationName, given, asker } }, representations, share) => {
    const variables: Fields = {}
    for (const name of names) {
      if (Object.hasOwn(given, name) && given[name] !== undefined) setField(variables, name, given[name])
    }
    if (representations !== undefined) variables.representations = representations
    const { query, operationName: name } = textFor(operationName)
    return link({ subgraph, query, operationName: name, variables, asker, share }, asker.cancellation)
  }
}

export function fetching(part: FetchPart, parts: FetchParts): PlanStep {
  const { node } = part
  const send = sending(node, parts)
  if (node.requires === undefined) return fetchingFields(part, send, parts)
  const { gather, fill } = fetchingEntities(part, parts)
  return keepingErrors(async (state) => {
    const gathered = gather(state)
    if (gathered !== undefined) fill(state, gathered, await send(state, gathered.representations))
  })
}

/** Fields of the root, wherever in the answer that is. */
function fetchingFields({ node, paths, conditions }: FetchPart, send: Send, { schema }: FetchParts): PlanStep {
  const rewrite = rewriting(node.outputRewrites, schema)
  return keepingErrors(async (state) => {
    const objects = isMade(conditions, state) ? objectsAt(state.data, paths) : []
    if (objects.length === 0) return
    const { data, errors = [] } = await send(state)
    const [at = []] = errors.length === 0 ? [] : pathsAt(state.data, paths)
    for (const error of errors) state.errors.push(placed(error, error.path && [...at, ...error.path]))
    if (!isFields(data)) return
    rewrite?.(data)
    for (const object of objects) merge(object, data)
  })
}

/** What fails costs its own fields: it is an error of the operation, which goes on. */
export function keepingErrors(step: PlanStep): PlanStep {
  return async (state) => {
    try {
      await step(state)
    } catch (thrown) {
      const error = asError(thrown)
      state.errors.push(
        error instanceof GraphQLError ? error : new GraphQLError(error.message, { originalError: error }),
      )
    }
  }
}
