import { GraphQLError, parse, Source } from 'graphql'
import { pino } from 'pino'
import { describe, expect, it } from 'vitest'

import { SoukError } from '../errors.ts'
import { inTrace } from '../telemetry/trace.ts'
import { traceIdOf, traceparentFrom } from '../telemetry/traceparent.ts'
import { maskError } from './mask.ts'

/** What the client gets of a failure, and what the log does. */
function masked(error: GraphQLError) {
  const lines: string[] = []
  const log = pino({ base: null }, { write: (line) => lines.push(line) })
  return { client: maskError(error, log), log: lines.join('') }
}

function thrownAt(path: string[], originalError: Error): GraphQLError {
  return new GraphQLError(originalError.message, { path, originalError })
}

describe('a failure', () => {
  it('that is ours keeps its code and words, and is not logged', () => {
    const { client, log } = masked(thrownAt(['cart'], new SoukError('FORBIDDEN')))
    expect(client).toEqual({
      path: ['cart'],
      message: 'You may not do or see this.',
      extensions: { code: 'FORBIDDEN' },
    })
    expect(log).toBe('')
  })

  it('that passes with time names to the client when to try again', () => {
    const { client } = masked(thrownAt(['signIn'], new SoukError('RATE_LIMITED', undefined, { retryAfter: 30 })))
    expect(client).toMatchObject({ extensions: { code: 'RATE_LIMITED', retryAfter: 30 } })
  })

  it('that is ours and has a cause is logged with it', () => {
    const cause = new Error('signature verification failed')
    const { client, log } = masked(thrownAt(['me'], new SoukError('UNAUTHENTICATED', 'Sign in again.', { cause })))
    expect(client).toMatchObject({ message: 'Sign in again.', extensions: { code: 'UNAUTHENTICATED' } })
    expect(JSON.stringify(client)).not.toContain('signature')
    expect(log).toContain('signature verification failed')
  })

  it('of the inside names the trace under which the log has it', () => {
    const trace = traceparentFrom(undefined)
    const { client } = inTrace(trace, () => masked(thrownAt(['cart'], new Error('broken'))))
    expect(client.extensions).toEqual({ code: 'INTERNAL_SERVER_ERROR', traceId: traceIdOf(trace) })
  })

  it('of the inside is logged whole, and shows the client nothing', () => {
    const { client, log } = masked(thrownAt(['order', 'total'], new Error('relation "order" does not exist')))
    expect(client).toEqual({
      path: ['order', 'total'],
      message: 'Something went wrong on our side.',
      extensions: { code: 'INTERNAL_SERVER_ERROR' },
    })
    expect(log).toContain('relation \\"order\\" does not exist')
    expect(log).toContain('mask.test.ts')
  })

  it('of the request keeps the words of GraphQL, and where it is', () => {
    const syntax = (() => {
      try {
        parse(new Source('{ cart {'))
      } catch (thrown) {
        return thrown
      }
      return undefined
    })()
    if (!(syntax instanceof GraphQLError)) throw new Error('no syntax error')
    const { client, log } = masked(syntax)
    expect(client).toMatchObject({
      message: 'Syntax Error: Expected Name, found <EOF>.',
      locations: [{ line: 1, column: 9 }],
      extensions: { code: 'BAD_USER_INPUT' },
    })
    expect(log).toBe('')
  })

  it('of the request keeps the code it has', () => {
    const error = new GraphQLError('Too deep.', { extensions: { code: 'QUERY_TOO_COSTLY', inside: 'secret' } })
    expect(masked(error).client).toEqual({ message: 'Too deep.', extensions: { code: 'QUERY_TOO_COSTLY' } })
  })
})
