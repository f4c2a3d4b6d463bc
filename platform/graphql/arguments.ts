import {
  defaultFieldResolver,
  getNullableType,
  GraphQLID,
  isInputObjectType,
  isListType,
  isObjectType,
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLFieldResolver,
  type GraphQLInputField,
  type GraphQLSchema,
  type GraphQLType,
} from 'graphql'

import { nilUuid, parseId } from '../ids.ts'

/**
 * Lets every resolver of a schema read its arguments alike, entity representations included:
 * - an id comes in its one spelling; what is no UUID comes as the nil UUID, which no store has, and so is not found;
 * - null, where a default is declared, is the default. GraphQL gives it only for what is left out, but many clients
 *   write null for a variable that they do not set.
 * Changes the schema that it is given.
 */
export function readArgumentsAlike(schema: GraphQLSchema): GraphQLSchema {
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || type.name.startsWith('__')) continue
    for (const field of Object.values(type.getFields())) readArgumentsOf(field, schema)
  }
  return schema
}

function readArgumentsOf(field: GraphQLField<unknown, unknown>, schema: GraphQLSchema): void {
  if (field.args.length === 0) return
  const { subscribe } = field
  // A subscription takes its arguments when it begins. Its events get no resolver here: guards go around that of the two that is there.
  if (subscribe !== undefined) field.subscribe = reading(subscribe)
  else field.resolve = reading(field.resolve ?? defaultFieldResolver)

  function reading(resolve: GraphQLFieldResolver<unknown, unknown>): GraphQLFieldResolver<unknown, unknown> {
    return (source, args: Readonly<Record<string, unknown>>, ...rest) =>
      resolve(source, readFields(args, { declared: field.args, schema }), ...rest)
  }
}

type Declared = GraphQLArgument | GraphQLInputField

/** What was given, with each declared value read; what was left out stays so, since graphql-js has filled in its default. */
function readFields(
  given: Readonly<Record<string, unknown>>,
  { declared, schema }: { declared: readonly Declared[]; schema: GraphQLSchema },
): Record<string, unknown> {
  const read: Record<string, unknown> = { ...given }
  for (const { name, type, defaultValue } of declared) {
    const value = read[name]
    if (value === null && defaultValue !== undefined) read[name] = defaultValue
    else if (value !== null && value !== undefined) read[name] = readValue(value, type, schema)
  }
  return read
}

function readValue(value: unknown, given: GraphQLType, schema: GraphQLSchema): unknown {
  const type = getNullableType(given)
  if (value === null) return null
  if (isListType(type)) {
    return Array.isArray(value) ? value.map((item: unknown) => readValue(item, type.ofType, schema)) : value
  }
  if (type.name === GraphQLID.name) return parseId(value) ?? nilUuid
  if (!isRecord(value)) return value
  if (isInputObjectType(type)) return readFields(value, { declared: Object.values(type.getFields()), schema })
  if (isObjectType(type)) return readRepresentation(value, type.name, schema)
  return type.name === '_Any' ? readRepresentation(value, String(value.__typename), schema) : value
}

/** An entity as the gateway names it: its key, and what a `@requires` brought along. */
function readRepresentation(
  representation: Readonly<Record<string, unknown>>,
  typeName: string,
  schema: GraphQLSchema,
): unknown {
  const type = schema.getType(typeName)
  if (!isObjectType(type)) return representation
  const fields = type.getFields()
  return Object.fromEntries(
    Object.entries(representation).map(([name, value]) => {
      const field = Object.hasOwn(fields, name) ? fields[name] : undefined
      return [name, field === undefined ? value : readValue(value, field.type, schema)]
    }),
  )
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null
}
