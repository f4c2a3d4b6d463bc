import fc from 'fast-check'
import {
  getNamedType,
  getNullableType,
  isAbstractType,
  isEnumType,
  isInputObjectType,
  isInputType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  parseValue,
  typeFromAST,
  valueFromASTUntyped,
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLObjectType,
  type GraphQLSchema,
  type TypeNode,
} from 'graphql'

/** How deep an operation goes. */
const deepest = 5

interface Place {
  readonly schema: GraphQLSchema
  readonly left: number
}

/** Queries over a whole schema: with aliases, fields twice, fragments on members and interfaces, conditions. */
export function operations(schema: GraphQLSchema): fc.Arbitrary<string> {
  const query = schema.getQueryType()
  if (query === null || query === undefined) throw new Error('there are no queries')
  const selection = fc.memo((left) => selectionOf(query, { schema, left }))
  return selection(deepest).map((text) => {
    // What is not used may not be defined.
    const used = ['$yes: Boolean! = true', '$no: Boolean! = false'].filter((each) =>
      text.includes(each.split(':', 1)[0] ?? ''),
    )
    return `query Made${used.length === 0 ? '' : `(${used.join(', ')})`} ${text}`
  })
}

function selectionOf(type: GraphQLObjectType, place: Place): fc.Arbitrary<string> {
  const fields = Object.values(type.getFields()).filter(
    ({ type: of }) => place.left > 1 || isLeafType(getNamedType(of)),
  )
  const one = fc.oneof(
    { weight: 1, arbitrary: fc.constant('__typename') },
    ...fields.map((field) => ({ weight: 2, arbitrary: fieldOf(field, place) })),
  )
  const wrapped = fc.oneof(
    { weight: 8, arbitrary: one },
    { weight: 1, arbitrary: one.map((field) => `... on ${type.name} { ${field} }`) },
    { weight: 1, arbitrary: one.map((field) => `... @include(if: $yes) { ${field} }`) },
    { weight: 1, arbitrary: one.map((field) => `... @skip(if: $no) { __typename ${field} }`) },
    { weight: 1, arbitrary: one.map((field) => `... @include(if: $no) { ${field} }`) },
  )
  return fc
    .array(wrapped, { minLength: 1, maxLength: 4, size: 'max' })
    .map((selections) => `{ ${selections.join(' ')} }`)
}

function fieldOf(field: GraphQLField<unknown, unknown>, place: Place): fc.Arbitrary<string> {
  const type = getNamedType(field.type)
  const inside = { ...place, left: place.left - 1 }
  const below = isObjectType(type)
    ? selectionOf(type, inside)
    : isAbstractType(type)
      ? fc
          .tuple(...place.schema.getPossibleTypes(type).map((member) => selectionOf(member, inside)))
          .map(
            (all) =>
              `{ ${all.map((text, at) => `... on ${place.schema.getPossibleTypes(type)[at]?.name ?? ''} ${text}`).join(' ')} }`,
          )
      : fc.constant('')
  return fc.record({ below, alias: fc.option(fc.constantFrom('a', 'id', 'name', 'b', '__proto__'), { freq: 6 }) }).map(
    // An alias of this field alone, since two fields of one name must be the same field.
    ({ below: selection, alias }) =>
      `${alias === null ? '' : `${alias}_${field.name}: `}${field.name}${argumentsOf(field)} ${selection}`,
  )
}

/** Those that must be given, and a page that is not long. */
function argumentsOf({ args }: GraphQLField<unknown, unknown>): string {
  const given = args
    .filter(({ name, type, defaultValue }) => (isNonNullType(type) && defaultValue === undefined) || name === 'first')
    .map(({ name, type }) => `${name}: ${valueOf(type)}`)
  return given.length === 0 ? '' : `(${given.join(', ')})`
}

/** A value for a variable. */
export function madeUpValue(schema: GraphQLSchema, type: TypeNode): unknown {
  const found = typeFromAST(schema, type)
  return isInputType(found) ? valueFromASTUntyped(parseValue(valueOf(found))) : undefined
}

function valueOf(type: GraphQLInputType): string {
  const inner = getNullableType(type)
  if (isListType(inner)) return `[${valueOf(inner.ofType)}]`
  if (isEnumType(inner)) return inner.getValues()[0]?.name ?? ''
  if (isInputObjectType(inner)) {
    const fields = Object.values(inner.getFields()).filter(
      ({ type: of, defaultValue }) => isNonNullType(of) && defaultValue === undefined,
    )
    return `{ ${fields.map((field) => `${field.name}: ${valueOf(field.type)}`).join(', ')} }`
  }
  switch (inner.name) {
    case 'Int':
    case 'MinorUnits':
      return '2'
    case 'Boolean':
      return 'true'
    case 'DateTime':
      return '"2026-01-31T12:00:00Z"'
    case 'CurrencyCode':
      return '"GBP"'
    default:
      return '"one"'
  }
}
