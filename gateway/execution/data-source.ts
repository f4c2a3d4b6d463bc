import type { GraphQLDataSource } from '@apollo/gateway'
import { GraphQLError, type ExecutionResult } from 'graphql'

import { asError, errorCatalogue } from '../../platform/errors.ts'
import type { PassportOffice } from '../../platform/identity/passport.ts'
import { visitor, type Viewer } from '../../platform/identity/viewer.ts'
import type { Logger } from '../../platform/logging.ts'
import type { SubgraphLink } from '../dependencies.ts'

interface DataSourceParts {
  readonly name: string
  readonly link: SubgraphLink
  readonly passports: PassportOffice
  readonly log: Logger
  /** Milliseconds. */
  readonly deadline: number
}

interface FetchContext {
  readonly viewer?: Viewer
  readonly traceparent?: string
}

/**
 * One subgraph, as the plan's executor fetches from it. A subgraph that fails or takes longer than the deadline costs
 * its own fields: the fetch resolves with an error that tells nothing of the inside.
 */
export function subgraphDataSource(parts: DataSourceParts): GraphQLDataSource {
  const { name, link, passports, log } = parts
  return {
    async process({ request, context }) {
      const { viewer = visitor, traceparent }: FetchContext = context
      try {
        const answer = link.execute({
          query: request.query ?? '',
          variables: request.variables,
          operationName: request.operationName,
          passport: await passports(viewer, name),
          traceparent,
        })
        return { ...(await withinDeadline(answer, parts)) }
      } catch (thrown) {
        log.error({ err: asError(thrown), subgraph: name }, 'a fetch failed')
        const { message } = errorCatalogue.SUBGRAPH_UNAVAILABLE
        return { errors: [new GraphQLError(message, { extensions: { code: 'SUBGRAPH_UNAVAILABLE' } })] }
      }
    },
  }
}

async function withinDeadline(
  answer: Promise<ExecutionResult>,
  { name, deadline }: DataSourceParts,
): Promise<ExecutionResult> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`${name} did not answer within ${deadline} ms`)), deadline)
  })
  try {
    return await Promise.race([answer, late])
  } finally {
    clearTimeout(timer)
  }
}
