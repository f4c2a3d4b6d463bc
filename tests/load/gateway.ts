/**
 * What answering costs the gateway itself, without HTTP: the engine in front of subgraphs whose answers are canned, beside Apollo's
 * executor in its place, in one run. `npm run bench:gateway`; prints, and judges nothing. Not part of the tests.
 */
import { readFileSync } from 'node:fs'

import { Kind, parse } from 'graphql'

import { createPlanner } from '../../gateway/engine/apollo/planner.ts'
import { createEngine, type Engine } from '../../gateway/engine/engine.ts'
import type { SubgraphLink } from '../../gateway/dependencies.ts'
import { jsonOfAnswer } from '../../gateway/http/answers.ts'
import { visitor } from '../../platform/identity/viewer.ts'
import { createLogger } from '../../platform/telemetry/logging.ts'
import { inApolloExecutor } from '../federation/apollo-executor.ts'
import { madeUpValue } from '../federation/made-up-operations.ts'
import { madeUpSubgraphs } from '../federation/made-up-subgraphs.ts'

const warmUp = 200
const measured = 600
const atOnce = 20

const root = new URL('../../', import.meta.url)
const supergraphSdl = readFileSync(new URL('supergraph.graphql', root), 'utf8')
const { schema } = createPlanner(supergraphSdl)
const document = readFileSync(new URL('clients/web/storefront.graphql', root), 'utf8')

interface Operation {
  readonly text: string
  readonly operationName: string
  readonly variables: Readonly<Record<string, unknown>>
}

/** Everything of many products, and of what goes with each. */
const heavy: Operation = {
  text: `query Heavy { products(first: 20) { edges { node { ...Card
    boughtTogether(first: 8) { explanation product { ...Card } }
    similar(first: 8) { explanation product { ...Card } } } } } }
  fragment Card on Product { id slug name category { slug name } images { url alt }
    variants { id sku price { amount currency } availability { inStock quantity } } }`,
  operationName: 'Heavy',
  variables: {},
}

function ofStorefront(operationName: string): Operation {
  const definition = parse(document).definitions.find(
    (each) => each.kind === Kind.OPERATION_DEFINITION && each.name?.value === operationName,
  )
  const defined = definition?.kind === Kind.OPERATION_DEFINITION ? (definition.variableDefinitions ?? []) : []
  const variables = defined.map(({ variable, type }) => [variable.name.value, madeUpValue(schema, type)])
  return { text: document, operationName, variables: { ...Object.fromEntries(variables), first: 12 } }
}

/** Each subgraph's answers, made up once and parsed anew for each fetch, as if they had come over a network. */
function cannedSubgraphs(): Map<string, SubgraphLink> {
  const canned = new Map<string, string>()
  return new Map(
    [...madeUpSubgraphs({ nulls: 0, failures: 0, elements: 8 })].map(([name, subgraph]): [string, SubgraphLink] => [
      name,
      {
        ...subgraph,
        async execute(request) {
          const key = `${name} ${request.query} ${JSON.stringify(request.variables)}`
          const text = canned.get(key) ?? JSON.stringify(await subgraph.execute(request))
          canned.set(key, text)
          return JSON.parse(text)
        },
      },
    ]),
  )
}

function engineWith(execute?: Parameters<typeof createEngine>[1]): Engine {
  return createEngine(
    {
      supergraphSdl,
      subgraphs: cannedSubgraphs(),
      identify: () => Promise.resolve(visitor),
      passports: () => Promise.resolve('passport'),
      jwks: () => Promise.resolve({ keys: [] }),
      log: createLogger('silent'),
      config: {
        production: false,
        graphiqlFolder: '',
        fetchDeadline: 20_000,
        hosts: { bind: '', allowed: [] },
        corsOrigins: [],
      },
    },
    execute,
  )
}

async function ask(engine: Engine, operation: Operation): Promise<Buffer> {
  const asker = {
    viewer: visitor,
    traceparent: '00-0123456789abcdef0123456789abcdef-0123456789abcdef-01',
    clientAddress: undefined,
    signal: new AbortController().signal,
    late: new Set<string>(),
    changed: new Set<string>(),
  }
  const request = { ...operation, readOnly: true, onErrand: false, payFor: () => Promise.resolve() }
  return jsonOfAnswer(await engine.answer(request, asker))
}

/** Microseconds of CPU for each answer. */
async function costOf(engine: Engine, operation: Operation): Promise<number> {
  await times(warmUp, () => ask(engine, operation))
  const begun = process.cpuUsage()
  await times(measured, () => ask(engine, operation))
  const { user, system } = process.cpuUsage(begun)
  return (user + system) / measured
}

async function times(count: number, work: () => Promise<unknown>): Promise<void> {
  let left = count
  const worker = async () => {
    while (left > 0) {
      left -= 1
      await work()
    }
  }
  await Promise.all(Array.from({ length: atOnce }, worker))
}

const [own, apollo] = [engineWith(), engineWith(inApolloExecutor(supergraphSdl))]
const operations = [...['WebBrowse', 'WebProduct', 'WebHome', 'WebCart'].map(ofStorefront), heavy]
process.stdout.write('microseconds of CPU an answer       own   Apollo   times\n')
for (const operation of operations) {
  const bytes = (await ask(own, operation)).length
  const [ours, theirs] = [await costOf(own, operation), await costOf(apollo, operation)]
  const figures = [ours, theirs].map((figure) => figure.toFixed(0).padStart(8)).join(' ')
  const name = `${operation.operationName}, ${(bytes / 1_000).toFixed(1)} KB`.padEnd(29)
  process.stdout.write(`${name} ${figures} ${(theirs / ours).toFixed(1).padStart(7)}\n`)
}
await Promise.all([own.stop(), apollo.stop()])
