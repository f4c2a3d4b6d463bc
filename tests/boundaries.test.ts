import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

import { cruise, type ICruiseOptions, type IForbiddenRuleType } from 'dependency-cruiser'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'

const repository = join(import.meta.dirname, '..')

interface BoundaryRules {
  readonly forbidden: IForbiddenRuleType[]
  readonly options: ICruiseOptions
}

const load: (path: string) => BoundaryRules = createRequire(import.meta.url)
const { forbidden, options } = load(join(repository, '.dependency-cruiser.cjs'))

/** Each import that the architecture forbids, as [importing file, imported file or package]. */
const violations: Record<string, readonly [string, string]> = {
  'subgraphs-never-import-each-other': ['subgraphs/cart/events.ts', 'subgraphs/orders/stores/store.ts'],
  'gateway-hands-traces-on': ['gateway/engine/run.ts', 'platform/telemetry/trace.ts'],
  'apollo-in-its-folder': ['gateway/engine/run.ts', '@apollo/query-planner'],
  'gateway-imports-no-subgraph': ['gateway/engine/run.ts', 'subgraphs/cart/subgraph.ts'],
  'only-the-assistant-asks-the-graph': ['subgraphs/cart/subgraph.ts', 'platform/subgraph/ask-graph.ts'],
  'language-models-in-the-assistant': ['subgraphs/recommendations/recommending/recommending.ts', 'langchain'],
  'the-assistant-is-loaded-when-asked': [
    'subgraphs/recommendations/subgraph.ts',
    'subgraphs/recommendations/assistant/agent.ts',
  ],
  'platform-imports-nobody': ['platform/messaging/bus.ts', 'contracts/cart.ts'],
  'platform-typescript-imports': ['platform/typescript/hooks.ts', 'platform/ids.ts'],
  'platform-text-imports': ['platform/text/words.ts', 'platform/ids.ts'],
  'platform-telemetry-imports': ['platform/telemetry/logging.ts', 'platform/work/loop.ts'],
  'platform-work-imports': ['platform/work/loop.ts', 'platform/messaging/bus.ts'],
  'platform-limits-imports': ['platform/limits/attempts.ts', 'platform/postgres/database.ts'],
  'platform-laws-imports': ['platform/laws/facts.ts', 'platform/postgres/database.ts'],
  'platform-identity-imports': ['platform/identity/passport.ts', 'platform/subgraph/subgraph.ts'],
  'platform-graphql-imports': ['platform/graphql/mask.ts', 'platform/messaging/message.ts'],
  'platform-messaging-imports': ['platform/messaging/handler.ts', 'platform/postgres/database.ts'],
  'platform-subgraph-imports': ['platform/subgraph/define.ts', 'platform/postgres/migrate.ts'],
  'platform-postgres-imports': ['platform/postgres/database.ts', 'platform/bus/postgres/bus.ts'],
  'platform-redis-imports': ['platform/redis/outbox.ts', 'platform/postgres/database.ts'],
  'platform-mongodb-imports': ['platform/mongodb/database.ts', 'platform/postgres/database.ts'],
  'platform-bus-imports': ['platform/bus/postgres/bus.ts', 'platform/subgraph/storage.ts'],
  'platform-process-imports': ['platform/process/bus.ts', 'platform/laws/facts.ts'],
  'parts-know-no-process': ['subgraphs/cart/subgraph.ts', 'platform/process/definition.ts'],
  'contracts-import-nobody': ['contracts/cart.ts', 'platform/money.ts'],
  'domain-is-pure': ['subgraphs/cart/domain/decide.ts', 'subgraphs/cart/stores/store.ts'],
  'use-cases-know-no-graph': ['subgraphs/cart/empty-cart.ts', 'platform/graphql/refusals.ts'],
  'stores-behind-their-interface': ['subgraphs/cart/graph/resolvers.ts', 'subgraphs/cart/stores/redis/store.ts'],
  'adapters-in-stores-only': ['subgraphs/cart/subgraph.ts', 'platform/postgres/database.ts'],
  'drivers-in-stores-only': ['subgraphs/cart/events.ts', 'pg'],
  'nobody-imports-what-sees-all': ['gateway/server.ts', 'embedded/souk.ts'],
  'demo-and-audit-know-no-composition': ['demo/seed.ts', 'embedded/config.ts'],
  'audit-asks-by-laws': ['audit/laws/stock.ts', 'subgraphs/cart/stores/store.ts'],
  'mains-are-imported-by-nobody': ['embedded/souk.ts', 'subgraphs/cart/main.ts'],
  'no-test-in-the-product': ['subgraphs/cart/subgraph.ts', 'subgraphs/cart/given.test.ts'],
  'server-runs-without-dev-dependencies': ['gateway/server.ts', 'vitest'],
  'browser-app-stands-alone': ['clients/graphiql/app.ts', 'gateway/config.ts'],
}

const allowed: readonly (readonly [string, string])[] = [
  ['subgraphs/cart/main.ts', 'subgraphs/cart/stores/redis/store.ts'],
  ['subgraphs/cart/process.ts', 'platform/process/definition.ts'],
  ['gateway/process/start.ts', 'platform/redis/config.ts'],
  ['subgraphs/cart/graph/resolvers.ts', 'platform/graphql/refusals.ts'],
  ['subgraphs/cart/subgraph.ts', 'subgraphs/cart/graph/resolvers.ts'],
  ['subgraphs/cart/stores/postgres/carts.ts', 'platform/postgres/database.ts'],
  ['subgraphs/cart/subgraph.ts', 'platform/subgraph/define.ts'],
  ['platform/postgres/storage.ts', 'platform/subgraph/storage.ts'],
  ['platform/postgres/database.ts', 'pg'],
  ['platform/bus/postgres/bus.ts', 'platform/postgres/listen.ts'],
  ['subgraphs/cart/stores/redis/store.ts', 'pg'],
  ['subgraphs/cart/domain/decide.ts', 'platform/money.ts'],
  ['subgraphs/cart/domain/decide.ts', 'subgraphs/cart/domain/cart.ts'],
  ['subgraphs/cart/events.ts', 'contracts/orders.ts'],
  ['embedded/souk.ts', 'subgraphs/cart/subgraph.ts'],
  ['embedded/seed.ts', 'demo/seed.ts'],
  ['audit/stores.ts', 'subgraphs/cart/laws.ts'],
  ['gateway/server.ts', 'platform/config.ts'],
  ['contracts/cart.ts', 'platform/messaging/contract.ts'],
]

describe('the import rules', () => {
  let root: string

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'souk-boundaries-'))
    given(
      'package.json',
      JSON.stringify({ dependencies: { '@apollo/query-planner': '*', pg: '*' }, devDependencies: { vitest: '*' } }),
    )
    for (const name of ['@apollo/query-planner', 'pg', 'vitest']) {
      given(`node_modules/${name}/package.json`, JSON.stringify({ name, version: '1.0.0', main: 'index.js' }))
      given(`node_modules/${name}/index.js`, '')
    }
  })
  afterEach(() => {
    rmSync(root, { recursive: true })
  })

  function given(path: string, content: string): void {
    mkdirSync(join(root, dirname(path)), { recursive: true })
    writeFileSync(join(root, path), content)
  }

  function givenImport(importing: string, imported: string): void {
    const up = imported.endsWith('.ts') ? '../'.repeat(importing.split('/').length - 1) : ''
    given(importing, `export * as part from '${up}${imported}'\n`)
  }

  async function rulesBrokenBy(path: string): Promise<string[]> {
    const elsewhere = { ...options, tsConfig: undefined, baseDir: root, validate: true, ruleSet: { forbidden } }
    const { output } = await cruise([path], elsewhere)
    if (typeof output === 'string') throw new Error(output)
    return output.summary.violations.map(({ rule }) => rule.name)
  }

  it.each(Object.entries(violations))('find what %s forbids', async (rule, [importing, imported]) => {
    if (imported.endsWith('.ts')) given(imported, 'export const part = 1\n')
    givenImport(importing, imported)
    expect(await rulesBrokenBy(importing)).toContain(rule)
  })

  it.each(allowed)('let %s import %s', async (importing, imported) => {
    if (imported.endsWith('.ts')) given(imported, 'export const part = 1\n')
    givenImport(importing, imported)
    expect(await rulesBrokenBy(importing)).toEqual([])
  })

  it.each([
    ['subgraphs/cart/subgraph.ts', 'subgraphs/cart/stores/postgres/carts.ts', 'stores-behind-their-interface'],
    ['platform/messaging/outbox.ts', 'pg', 'drivers-in-stores-only'],
    ['platform/subgraph/deps.ts', 'pg', 'drivers-in-stores-only'],
    ['subgraphs/orders/place-order.ts', 'platform/bus/postgres/bus.ts', 'adapters-in-stores-only'],
    ['subgraphs/orders/place-order.ts', 'subgraphs/orders/graph/inputs.ts', 'use-cases-know-no-graph'],
  ])('let %s not import %s', async (importing, imported, rule) => {
    if (imported.endsWith('.ts')) given(imported, 'export const part = 1\n')
    givenImport(importing, imported)
    expect(await rulesBrokenBy(importing)).toContain(rule)
  })

  it('find files that import each other', async () => {
    givenImport('platform/bus.ts', 'platform/clock.ts')
    givenImport('platform/clock.ts', 'platform/bus.ts')
    expect(await rulesBrokenBy('platform/clock.ts')).toEqual(['no-cycles'])
  })

  it('find a business rule that reads a file', async () => {
    givenImport('subgraphs/cart/domain.ts', 'node:fs')
    expect(await rulesBrokenBy('subgraphs/cart/domain.ts')).toEqual(['domain-is-pure'])
  })

  it('find an import of what is not there', async () => {
    givenImport('platform/bus.ts', 'platform/clock.ts')
    expect(await rulesBrokenBy('platform/bus.ts')).toContain('imports-resolve')
  })

  it('are all tried here', () => {
    const tried = [...Object.keys(violations), 'no-cycles', 'imports-resolve']
    expect(tried.sort()).toEqual(forbidden.map(({ name }) => name ?? '').sort())
  })
})
