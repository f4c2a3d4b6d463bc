import { readdirSync, readFileSync } from 'node:fs'

import fc from 'fast-check'
import { Kind, parse } from 'graphql'
import { afterAll, describe, expect, it } from 'vitest'

import { inApolloExecutor } from './apollo-executor.ts'
import { createPlanner } from '../../gateway/engine/apollo/planner.ts'
import { createEngine, type Engine } from '../../gateway/engine/engine.ts'
import type { GatewayDependencies } from '../../gateway/dependencies.ts'
import { parsedFields } from '../../gateway/http/json-fields.ts'
import { visitor } from '../../platform/identity/viewer.ts'
import { createLogger } from '../../platform/telemetry/logging.ts'
import { madeUpSubgraphs, type MakingUp } from './made-up-subgraphs.ts'
import { madeUpValue, operations } from './made-up-operations.ts'

const root = new URL('../../', import.meta.url)
const supergraphSdl = readFileSync(new URL('supergraph.graphql', root), 'utf8')
const { schema } = createPlanner(supergraphSdl)
const log = createLogger('silent')

/** How many are made up for each kind of fault. */
const documents = Number(process.env.SOUK_DOCUMENTS ?? (process.env.CI === undefined ? 40 : 300))

const engines: Engine[] = []
afterAll(() => Promise.all(engines.map((engine) => engine.stop())))

/** The same subgraphs behind Souk's engine and behind Apollo's executor. */
function both(faults: MakingUp): { readonly own: Engine; readonly apollo: Engine } {
  const dependencies = dependenciesOn(faults)
  const made = {
    own: createEngine(dependencies),
    apollo: createEngine(dependencies, inApolloExecutor(supergraphSdl)),
  }
  engines.push(made.own, made.apollo)
  return made
}

function dependenciesOn(faults: MakingUp): GatewayDependencies {
  return {
    supergraphSdl,
    subgraphs: madeUpSubgraphs(faults),
    identify: () => Promise.resolve(visitor),
    passports: () => Promise.resolve('passport'),
    jwks: () => Promise.resolve({ keys: [] }),
    log,
    config: {
      production: false,
      graphiqlFolder: '',
      fetchDeadline: 20_000,
      hosts: { bind: '', allowed: [] },
      corsOrigins: [],
    },
  }
}

interface Asked {
  readonly text: string
  readonly operationName?: string | undefined
  readonly variables?: Readonly<Record<string, unknown>>
}

async function answerOf(engine: Engine, { text, operationName, variables = {} }: Asked) {
  const asker = {
    viewer: visitor,
    traceparent: '00-0123456789abcdef0123456789abcdef-0123456789abcdef-01',
    clientAddress: undefined,
    signal: new AbortController().signal,
    late: new Set<string>(),
    changed: new Set<string>(),
  }
  const request = { text, operationName, variables, readOnly: false, onErrand: false, payFor: () => Promise.resolve() }
  const { data, errors = [] } = await engine.answer(request, asker)
  const places = errors.map(({ path, message, extensions }) => JSON.stringify({ path, message, extensions }))
  // In whatever order: Apollo's executor has not the one that the specification asks for where fields merge.
  return { data: data && parsedFields(data), errors: places.sort() }
}

describe.each([
  { what: 'nothing wrong', faults: { nulls: 0, failures: 0 } },
  { what: 'nulls', faults: { nulls: 12, failures: 0 } },
  { what: 'nulls and failures', faults: { nulls: 8, failures: 6 } },
])('with $what in what subgraphs answer, Apollo’s executor is answered alike', ({ faults }) => {
  const { own, apollo } = both(faults)

  it('by made-up operations', { timeout: 120_000 }, async () => {
    const property = fc.asyncProperty(operations(schema), async (text) => {
      expect(await answerOf(own, { text })).toEqual(await answerOf(apollo, { text }))
    })
    await fc.assert(property, { numRuns: documents })
  })

  const files = ['web', 'mobile', 'staff'].flatMap((folder) =>
    readdirSync(new URL(`clients/${folder}/`, root))
      .filter((file) => file.endsWith('.graphql'))
      .map((file) => `clients/${folder}/${file}`),
  )
  it.each(files)('by the operations of %s', async (file) => {
    const text = readFileSync(new URL(file, root), 'utf8')
    const named = parse(text).definitions.flatMap((definition) =>
      definition.kind === Kind.OPERATION_DEFINITION ? [definition] : [],
    )
    for (const { name, variableDefinitions = [] } of named) {
      const variables = Object.fromEntries(
        variableDefinitions.map(({ variable, type }) => [variable.name.value, madeUpValue(schema, type)]),
      )
      const asked = { text, operationName: name?.value, variables }
      expect(await answerOf(own, asked)).toEqual(await answerOf(apollo, asked))
    }
  })
})
