/**
 * One of the gateways without HTTP around it, in one process with subgraphs that answer out of memory: `within.ts own|stock`. Carries out
 * what it is sent so many times, one at a time, and sends the microseconds of CPU that each took, subgraphs included.
 */
import { ApolloGateway } from '@apollo/gateway'
import { ApolloServer } from '@apollo/server'
import type { ExecutionResult } from 'graphql'

import type { SubgraphLink } from '../../../gateway/dependencies.ts'
import { createLogger } from '../../../platform/telemetry/logging.ts'
import { madeUpSubgraphs } from '../../federation/differential/made-up-subgraphs.ts'
import { engineHere, type Answer } from './engine-here.ts'
import { supergraphSdl, type Operation } from './operations.ts'

export interface Work {
  readonly operation: Operation
  readonly times: number
}

const subgraphs = new Map(
  [...madeUpSubgraphs({ nulls: 0, failures: 0, elements: 8 })].map(([name, link]) => [name, outOfMemory(link)]),
)
const log = createLogger('warn')

/** Answers what was answered to the same document with as many representations: an operation has no two such fetches. */
function outOfMemory(link: SubgraphLink): SubgraphLink {
  const known = new Map<string, string>()
  return {
    ready: () => Promise.resolve(true),
    async execute(request) {
      const { query, variables: { representations } = {} } = request
      const key = `${Array.isArray(representations) ? representations.length : 0} ${query}`
      const text = known.get(key) ?? JSON.stringify(await link.execute(request))
      known.set(key, text)
      return JSON.parse(text) as ExecutionResult
    },
  }
}

async function stock(): Promise<Answer> {
  process.env.APOLLO_TELEMETRY_DISABLED = 'true'
  const gateway = new ApolloGateway({
    ...{ supergraphSdl, logger: log },
    buildService: ({ name }) => ({
      async process({ request: { query = '', operationName, variables } }) {
        const answer = await subgraphs.get(name)?.execute({ query, operationName, variables, passport: undefined })
        return { data: answer?.data ?? null, errors: [...(answer?.errors ?? [])] }
      },
    }),
  })
  const server = new ApolloServer({ gateway, logger: log })
  await server.start()
  return async ({ query, operationName, variables }) => {
    const { body } = await server.executeOperation({ query, operationName, variables: { ...variables } })
    if (body.kind !== 'single') throw new Error('the answer comes in parts')
    return Buffer.from(JSON.stringify(body.singleResult))
  }
}

async function costOf(answer: Answer, { operation, times }: Work): Promise<number> {
  const { user, system } = process.cpuUsage()
  for (let time = 0; time < times; time += 1) {
    const json = await answer(operation)
    if (time === 0 && json.includes('"errors"')) throw new Error(json.toString('utf8', 0, 500))
  }
  const after = process.cpuUsage()
  return (after.user + after.system - user - system) / times
}

const answer = process.argv[2] === 'own' ? engineHere(subgraphs) : await stock()
process.on('message', (work: Work) => {
  void costOf(answer, work).then((cost) => process.send?.(cost))
})
process.send?.('in this process')
