import {
  getNullableType,
  isInputObjectType,
  isListType,
  isNonNullType,
  type GraphQLInputField,
  type GraphQLInputObjectType,
  type GraphQLInputType,
  type GraphQLEnumType,
  type GraphQLList,
  type GraphQLScalarType,
} from 'graphql'

/**
 * A value as graphql-js coerces it (`coerceInputValue`); undefined where it is not plainly one of its type, which is for graphql-js
 * to say something of. It may throw what the type's own `parseValue` throws.
 */
export type ReadPlain = (value: unknown) => unknown

type NullableInputType = GraphQLScalarType | GraphQLEnumType | GraphQLInputObjectType | GraphQLList<GraphQLInputType>

/** Finds out once what graphql-js finds out for each value: what kind of type it is of. */
export function plainReaders(): (type: GraphQLInputType) => ReadPlain {
  const objects = new Map<GraphQLInputObjectType, ReadPlain>()
  return readerOf

  function readerOf(type: GraphQLInputType): ReadPlain {
    const read = withoutNull(getNullableType(type))
    const ofNull = isNonNullType(type) ? undefined : null
    return (value) => (value === null ? ofNull : read(value))
  }

  function withoutNull(type: NullableInputType): ReadPlain {
    if (isListType(type)) return listOf(readerOf(type.ofType))
    if (isInputObjectType(type)) return objects.get(type) ?? objectOf(type)
    return (value): unknown => type.parseValue(value)
  }

  function objectOf(type: GraphQLInputObjectType): ReadPlain {
    let read: ReadPlain | undefined
    // It may be a part of itself.
    const whenFirstRead: ReadPlain = (value) => (read ??= objectReader(type, readerOf))(value)
    objects.set(type, whenFirstRead)
    return whenFirstRead
  }
}

function listOf(read: ReadPlain): ReadPlain {
  return (values) => {
    if (!Array.isArray(values)) return undefined
    const all: unknown[] = []
    for (const value of values) {
      const one = read(value)
      if (one === undefined) return undefined
      all.push(one)
    }
    return all
  }
}

type Field = Pick<GraphQLInputField, 'name' | 'defaultValue'> & { readonly isNeeded: boolean; readonly read: ReadPlain }

function objectReader(type: GraphQLInputObjectType, readerOf: (type: GraphQLInputType) => ReadPlain): ReadPlain {
  const fields = Object.values(type.getFields()).map(({ name, defaultValue, type: of }): Field => {
    return { name, defaultValue, isNeeded: isNonNullType(of), read: readerOf(of) }
  })
  const names = new Set(fields.map(({ name }) => name))
  if (type.isOneOf || names.has('__proto__')) return () => undefined
  return (value) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined
    return Object.keys(value).every((name) => names.has(name)) ? fieldsIn(value, fields) : undefined
  }
}

function fieldsIn(given: object, fields: readonly Field[]): Record<string, unknown> | undefined {
  const all: Record<string, unknown> = {}
  for (const { name, defaultValue, isNeeded, read } of fields) {
    const value: unknown = Reflect.get(given, name)
    if (value !== undefined) {
      const one = read(value)
      if (one === undefined) return undefined
      all[name] = one
    } else if (defaultValue !== undefined) all[name] = defaultValue
    else if (isNeeded) return undefined
  }
  return all
}
