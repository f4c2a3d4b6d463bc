import { buildSchema, execute, parse } from 'graphql'
import { applyMiddleware } from 'graphql-middleware'
import { rule } from 'graphql-shield'
import { describe, expect, it } from 'vitest'

import { SoukError } from '../errors.ts'
import { isStaff as viewerIsStaff, visitor, type Viewer } from '../identity/viewer.ts'
import { newUuid } from '../ids.ts'
import { leaveOpen } from './leave-open.ts'
import { allow, denied, denyByDefault, isStaff, type TypeRules } from './rules.ts'

const sdl = `
  type Query { thing: Thing  hidden: Thing }
  type Mutation { change: String }
  type Thing { open: String  guarded: String  awaited: String  unnamed: String }
  type _Service { sdl: String }
`
/** As where somebody else has to be asked. */
const staffInAWhile = rule()(async (_source, _args, { viewer }: { viewer: Viewer }) => {
  await Promise.resolve()
  return viewerIsStaff(viewer) || denied(viewer)
})
const rules: TypeRules = {
  Query: { thing: allow },
  Mutation: { change: allow },
  Thing: { open: allow, guarded: isStaff, awaited: staffInAWhile },
}
const staff: Viewer = { kind: 'user', id: newUuid(), roles: ['STAFF'] }

function codeOf(error: unknown): string | undefined {
  return error instanceof SoukError ? error.code : undefined
}

function guardedSchema() {
  const schema = buildSchema(sdl)
  return leaveOpen(applyMiddleware(schema, denyByDefault(rules)), { unguarded: schema, rules })
}

describe('a field that everybody may read', () => {
  it('has nothing around it; a guarded one, one with no rule and a mutation keep what they have', () => {
    const fieldsOf = (type: 'Query' | 'Mutation' | 'Thing') => {
      const named = guardedSchema().getType(type)
      return named !== undefined && 'getFields' in named ? Object.entries(named.getFields()) : []
    }
    const guarded = (['Query', 'Mutation', 'Thing'] as const).flatMap((type) =>
      fieldsOf(type).flatMap(([name, field]) => ('resolve' in field && field.resolve ? [`${type}.${name}`] : [])),
    )
    expect(guarded).toEqual(['Query.hidden', 'Mutation.change', 'Thing.guarded', 'Thing.awaited', 'Thing.unnamed'])
  })

  it('is answered beside others that are denied', async () => {
    const rootValue = { thing: { open: 'a', guarded: 'b', awaited: 'c', unnamed: 'd' }, hidden: { open: 'e' } }
    const document = parse('{ thing { open guarded awaited unnamed } hidden { open } }')
    const { data, errors = [] } = await execute({
      schema: guardedSchema(),
      document,
      rootValue,
      contextValue: { viewer: visitor },
    })
    expect(data).toEqual({ thing: { open: 'a', guarded: null, awaited: null, unnamed: null }, hidden: null })
    expect(errors.map(({ path, originalError }) => `${path?.join('.')} ${codeOf(originalError)}`).sort()).toEqual([
      'hidden FORBIDDEN',
      'thing.awaited UNAUTHENTICATED',
      'thing.guarded UNAUTHENTICATED',
      'thing.unnamed FORBIDDEN',
    ])
  })
})

describe('a field whose rule needs nobody to be asked', () => {
  const ask = (field: string, viewer: Viewer) =>
    execute({
      schema: guardedSchema(),
      document: parse(`{ thing { ${field} } }`),
      rootValue: { thing: { guarded: () => 'b', awaited: 'c' } },
      contextValue: { viewer },
    })

  it('is answered, or refused, without a promise', async () => {
    expect(ask('guarded', staff)).toEqual({ data: { thing: { guarded: 'b' } } })
    expect(ask('guarded', visitor)).toMatchObject({ data: { thing: { guarded: null } } })
    expect(ask('awaited', staff)).toBeInstanceOf(Promise)
    expect(await ask('awaited', staff)).toEqual({ data: { thing: { awaited: 'c' } } })
  })
})
