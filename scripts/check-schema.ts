/**
 * Says whether clients can go on as they do: against the committed supergraph (`--base <ref>` to choose which), against
 * the graph promised in `clients/api.graphql`, and with every operation in `clients/`.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'

import type { GraphQLSchema } from 'graphql'

import { baseOf, committedFile } from './gate/committed.ts'
import { promisedSchema, publicSchema } from './gate/public-schema.ts'
import { breakingChanges, invalidOperations } from './gate/schema-changes.ts'
import { runStep, StepFailure } from './gate/step-failure.ts'

const root = join(import.meta.dirname, '..')
const promisePath = 'clients/api.graphql'
const { values: options } = parseArgs({ options: { base: { type: 'string' } } })

function read(path: string): string {
  return readFileSync(join(root, path), 'utf8')
}

/** A finding is a heading, what was found, and what to do about it. */
function finding(heading: string, found: readonly string[], cure: string): string[] {
  return found.length === 0 ? [] : [heading, ...found.map((line) => `  - ${line}`), `  ${cure}`]
}

async function againstCommitted(schema: GraphQLSchema): Promise<string[]> {
  const base = options.base ?? (await baseOf(root, 'supergraph.graphql'))
  const older = await committedFile(root, base, 'supergraph.graphql')
  if (older === undefined) {
    console.log(`There is no supergraph.graphql at ${base}: nothing to compare with.`)
    return []
  }
  return finding(
    `Breaking changes since ${base}:`,
    await breakingChanges(publicSchema(older), schema),
    'Add beside the old instead, mark the old @deprecated, and take it away once no client uses it.',
  )
}

async function againstPromise(schema: GraphQLSchema): Promise<string[]> {
  return finding(
    `Less than ${promisePath} promises to clients:`,
    await breakingChanges(promisedSchema(read(promisePath)), schema),
    'Mend the subgraph that owns it; the promise itself only grows.',
  )
}

function againstOperations(schema: GraphQLSchema): string[] {
  const paths = readdirSync(join(root, 'clients'), { recursive: true, encoding: 'utf8' })
    .map((path) => `clients/${path}`)
    .filter((path) => path.endsWith('.graphql') && path !== promisePath)
  const invalid = paths.flatMap((path) => invalidOperations(schema, { path, text: read(path) }))
  console.log(`Read the operations of ${paths.length} client files.`)
  return finding('Operations of clients that would be refused:', invalid, 'Mend the operation or the schema.')
}

await runStep(async () => {
  if (!existsSync(join(root, 'supergraph.graphql'))) throw new StepFailure('Run `npm run compose` first.')
  const schema = publicSchema(read('supergraph.graphql'))
  const findings = [
    ...(await againstCommitted(schema)),
    ...(await againstPromise(schema)),
    ...againstOperations(schema),
  ]
  if (findings.length > 0) throw new StepFailure(findings.join('\n'))
  console.log('No breaking change; every registered operation is valid.')
})
