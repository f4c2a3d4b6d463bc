import { GraphQLObjectType, GraphQLSchema, GraphQLString } from 'graphql'
import { generateKeyPair } from 'jose'
import { beforeAll, expect, it } from 'vitest'

import { systemClock } from '../clock.ts'
import { passportControl, passportOffice } from '../identity/passport.ts'
import { visitor } from '../identity/viewer.ts'
import { createLogger } from '../telemetry/logging.ts'
import { currentTraceId } from '../telemetry/trace.ts'
import { traceIdOf, traceparentFrom } from '../telemetry/traceparent.ts'
import { subgraphExecutor } from './execute.ts'
import type { SubgraphRequest } from './subgraph.ts'

const fields = {
  trace: { type: GraphQLString, resolve: async () => Promise.resolve(currentTraceId()) },
  broken: { type: GraphQLString, resolve: () => Promise.reject(new Error('broken')) },
}
const schema = new GraphQLSchema({
  query: new GraphQLObjectType({ name: 'Query', fields }),
  mutation: new GraphQLObjectType({ name: 'Mutation', fields }),
})

const traceparent = traceparentFrom(undefined)
const traceId = traceIdOf(traceparent)
const logged: { msg: string; traceId?: string }[] = []
let ask: (request: Pick<SubgraphRequest, 'query' | 'operationName'>) => Promise<unknown>

beforeAll(async () => {
  const { privateKey, publicKey } = await generateKeyPair('EdDSA')
  const passport = await passportOffice({ privateKey, clock: systemClock })(visitor, 'tested')
  const { execute } = subgraphExecutor({
    schema,
    passports: passportControl({ publicKey, subgraph: 'tested', clock: systemClock }),
    log: createLogger('info', { write: (line) => void logged.push(JSON.parse(line)) }),
    createContext: () => ({}),
  })
  ask = (request) => execute({ ...request, passport, traceparent })
})

it('whatever a change calls is part of its trace, also beside a query in one document; what a query calls is not', async () => {
  expect(await ask({ query: 'mutation { trace }' })).toEqual({ data: { trace: traceId } })
  expect(await ask({ query: '{ trace }' })).toEqual({ data: { trace: null } })
  const query = 'query A { trace } mutation B { trace }'
  expect(await ask({ query, operationName: 'B' })).toEqual({ data: { trace: traceId } })
})

it.each(['{ broken }', 'mutation { broken }'])(
  'a failure of %s is logged in its trace, which the client is told',
  async (query) => {
    logged.length = 0
    expect(await ask({ query })).toMatchObject({ data: { broken: null }, errors: [{ extensions: { traceId } }] })
    expect(logged).toMatchObject([{ msg: 'a resolver failed', traceId }])
  },
)
