import { readdirSync, readFileSync } from 'node:fs'

import fc from 'fast-check'
import { GraphQLError, Kind, parse } from 'graphql'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { createPlanner } from '../../../gateway/engine/apollo/planner.ts'
import { bothExecutors, type Answered, type BothExecutors } from './both-executors.ts'
import { madeUpValue, operations } from './made-up-operations.ts'
import type { Graph } from './graphs.ts'
import { madeUpSubgraphs, type MakingUp } from './made-up-subgraphs.ts'
import { writtenOtherwise } from './written-otherwise.ts'

const root = new URL('../../../', import.meta.url)

/** How many operations are made up for each kind of fault; a quarter of that for each graph that is not the shop's. */
const documents = Number(process.env.SOUK_DOCUMENTS ?? (process.env.CI === undefined ? 40 : 640))

/** The same operations each time; others by a seed of one's own. */
const firstSeed = Number(process.env.SOUK_SEED ?? 1)

const registered = ['web', 'mobile', 'staff'].flatMap((folder) =>
  readdirSync(new URL(`clients/${folder}/`, root))
    .filter((file) => file.endsWith('.graphql'))
    .map((file) => `clients/${folder}/${file}`),
)

const kinds: readonly { readonly what: string; readonly faults: MakingUp; readonly outages?: true }[] = [
  { what: 'nothing wrong', faults: { nulls: 0, failures: 0 } },
  { what: 'nulls', faults: { nulls: 12, failures: 0 } },
  { what: 'nulls and failures', faults: { nulls: 8, failures: 6 } },
  { what: 'one subgraph that is down', faults: { nulls: 4, failures: 2 }, outages: true },
]

/** Ways of being down. */
const outages = [
  new Error('connect ECONNREFUSED'),
  { errors: [new GraphQLError('Something broke.')] },
  { data: null, errors: [new GraphQLError('It is too deep.', { extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } })] },
  { data: {} },
]

interface Made {
  readonly text: string
  readonly seed: number
}

export function comparedOn({ name, subgraphs, supergraphSdl, isShop, knowsTypes }: Graph): void {
  describe(`the graph of ${name}`, () => {
    /** Where some objects of a list are of a type that is not asked for, Apollo's executor names another element in the path of an error. */
    const shown = ({ data, errors }: Answered): Answered =>
      isShop
        ? { data, errors }
        : { data, errors: [...new Set(errors.map((error) => error.replaceAll(/,\d+(?=[,\]])/g, ',@')))] }
    const { schema } = createPlanner(supergraphSdl, { foreign: !isShop })
    const numRuns = isShop ? documents : Math.max(10, documents / 4)
    const made = fc.record<Made>({ text: operations(schema), seed: fc.nat() })

    describe.each(kinds)('with $what: Apollo’s executor is answered alike', ({ faults, outages: hasOutages }) => {
      let both: BothExecutors
      let down: { readonly subgraph: string | undefined; readonly outage: (typeof outages)[number] | undefined }
      /** Which subgraph is down, and how, is made up too. */
      const breakDown = (seed: number) => {
        const names = subgraphs.map((subgraph) => subgraph.name).filter((one) => one !== knowsTypes)
        down = { subgraph: names[seed % names.length], outage: outages[seed % outages.length] }
      }

      beforeAll(() => {
        breakDown(0)
        const outage = (subgraph: string) => (hasOutages && subgraph === down.subgraph ? down.outage : undefined)
        const links = madeUpSubgraphs({ ...faults, outage }, subgraphs)
        both = bothExecutors({ supergraphSdl, subgraphs: links, foreign: !isShop })
      })
      afterAll(() => both.stop())

      it('by made-up operations', { timeout: 300_000 }, async () => {
        let answered = 0
        const property = fc.asyncProperty(made, async ({ text, seed }) => {
          breakDown(seed)
          const asked = writtenOtherwise(text, seed, schema)
          const answer = await both.own(asked)
          if (answer.data !== undefined) answered += 1
          expect(shown(answer)).toEqual(shown(await both.apollo(asked)))
        })
        await fc.assert(property, { numRuns, seed: firstSeed })
        // Those that are refused compare nothing.
        expect(answered).toBeGreaterThan(numRuns / 2)
      })

      it.each(isShop ? registered : [])('by the operations of %s', async (file) => {
        const text = readFileSync(new URL(file, root), 'utf8')
        const named = parse(text).definitions.flatMap((definition) =>
          definition.kind === Kind.OPERATION_DEFINITION ? [definition] : [],
        )
        for (const { name, variableDefinitions = [] } of named) {
          const variables = Object.fromEntries(
            variableDefinitions.map(({ variable, type }) => [variable.name.value, madeUpValue(schema, type)]),
          )
          const asked = { text, operationName: name?.value, variables }
          expect(await both.own(asked)).toEqual(await both.apollo(asked))
        }
      })
    })
  })
}
