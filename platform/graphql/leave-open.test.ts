import { buildSchema, execute, parse } from 'graphql'
import { applyMiddleware } from 'graphql-middleware'
import { describe, expect, it } from 'vitest'

import { leaveOpen } from './leave-open.ts'
import { allow, denyByDefault, isStaff, type TypeRules } from './rules.ts'

const sdl = `
  type Query { thing: Thing  hidden: Thing }
  type Mutation { change: String }
  type Thing { open: String  guarded: String  unnamed: String }
  type _Service { sdl: String }
`
const rules: TypeRules = {
  Query: { thing: allow },
  Mutation: { change: allow },
  Thing: { open: allow, guarded: isStaff },
}
const visitor = { viewer: { kind: 'visitor' } }

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
    expect(guarded).toEqual(['Query.hidden', 'Mutation.change', 'Thing.guarded', 'Thing.unnamed'])
  })

  it('is answered beside others that are denied', async () => {
    const rootValue = { thing: { open: 'a', guarded: 'b', unnamed: 'c' }, hidden: { open: 'd' } }
    const document = parse('{ thing { open guarded unnamed } hidden { open } }')
    const { data, errors = [] } = await execute({ schema: guardedSchema(), document, rootValue, contextValue: visitor })
    expect(data).toEqual({ thing: { open: 'a', guarded: null, unnamed: null }, hidden: null })
    expect(errors.map(({ path }) => path?.join('.')).sort()).toEqual(['hidden', 'thing.guarded', 'thing.unnamed'])
  })
})
