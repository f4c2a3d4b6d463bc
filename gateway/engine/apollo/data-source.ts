import type { GraphQLDataSource } from '@apollo/gateway'
import { GraphQLError, parse, type ExecutionResult } from 'graphql'

import { asError, errorCatalogue } from '../../../platform/errors.ts'
import type { PassportOffice } from '../../../platform/identity/passport.ts'
import { visitor, type Viewer } from '../../../platform/identity/viewer.ts'
import type { Logger } from '../../../platform/telemetry/logging.ts'
import type { SubgraphLink } from '../../dependencies.ts'
import { isAnswer, lostFields } from '../../fetch/lost-fields.ts'

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
 * its own fields: the fetch resolves with an error for each of them that tells nothing of the inside.
 */
export function subgraphDataSource(parts: DataSourceParts): GraphQLDataSource {
  const { name, link, passports, log } = parts
  return {
    async process(options) {
      const { request, context } = options
      const { viewer = visitor, traceparent }: FetchContext = context
      const query = request.query ?? ''
      const document = 'document' in options && options.document !== undefined ? options.document : parse(query)
      const fetch = { document, variables: request.variables }
      try {
        const answering = link.execute({
          query,
          variables: request.variables,
          operationName: request.operationName,
          passport: await passports(viewer, name),
          traceparent,
        })
        const answer = await withinDeadline(answering, parts)
        if (!isAnswer(answer, fetch)) throw noAnswer(name, answer)
        return { ...answer }
      } catch (thrown) {
        log.error({ err: asError(thrown), subgraph: name }, 'a fetch failed')
        return { errors: lostFields(fetch).map(unavailable) }
      }
    },
  }
}

function noAnswer(name: string, { errors = [] }: ExecutionResult): Error {
  const why = errors.map(({ message }) => message).join('; ')
  return new Error(`${name} did not answer what it was asked${why === '' ? '' : `: ${why}`}`)
}

function unavailable(path: readonly (string | number)[]): GraphQLError {
  const { message } = errorCatalogue.SUBGRAPH_UNAVAILABLE
  return new GraphQLError(message, { path, extensions: { code: 'SUBGRAPH_UNAVAILABLE' } })
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
