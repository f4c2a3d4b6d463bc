import {
  getVariableValues,
  isInputType,
  isNonNullType,
  typeFromAST,
  valueFromAST,
  type GraphQLSchema,
  type VariableDefinitionNode,
} from 'graphql'

import { clientError, RequestRefused } from '../http/client-error.ts'
import type { Variables } from './client-document.ts'
import { plainReaders, type ReadPlain } from './plain-values.ts'
import { mostErrors, withoutHints, type DocumentRules } from './prepare/document.ts'
import type { PreparedOperation } from './prepare/prepared.ts'

type Coerce = (prepared: PreparedOperation, given: Variables) => Variables

/**
 * The values of an operation's variables, defaults included: those of graphql-js, which is asked where a value is not plainly of its
 * type. @throws RequestRefused where one is not
 */
export function coercing(rules: Pick<DocumentRules, 'schema' | 'production'>): Coerce {
  const plainOf = plainVariables(rules.schema)
  return (prepared, given) => {
    const values = plainOf(prepared, given) ?? valuesOf(prepared, given, rules)
    // A variable that may be null may stand here when it has a default; the null itself may not.
    const empty = prepared.conditionVariables.filter((name) => values[name] === null)
    if (empty.length > 0)
      throw wrong(empty.map((name) => `Variable "$${name}" must not be null: @skip or @include reads it.`))
    return values
  }
}

function valuesOf(
  { operation }: PreparedOperation,
  given: Variables,
  { schema, production }: Pick<DocumentRules, 'schema' | 'production'>,
): Variables {
  const options = { maxErrors: mostErrors }
  const { errors, coerced } = getVariableValues(schema, operation.variableDefinitions ?? [], given, options)
  if (errors === undefined) return coerced
  throw wrong(errors.map(({ message }) => (production ? withoutHints(message) : message)))
}

function wrong(messages: readonly string[]): RequestRefused {
  return new RequestRefused(messages.slice(0, mostErrors).map((message) => clientError('BAD_USER_INPUT', { message })))
}

/** A variable, and what is known of it whatever is given. */
interface Variable {
  readonly name: string
  readonly isNeeded: boolean
  readonly hasDefault: boolean
  readonly defaultValue: unknown
  readonly read: ReadPlain
}

function plainVariables(schema: GraphQLSchema) {
  const readerOf = plainReaders()
  const known = new WeakMap<PreparedOperation, readonly Variable[]>()

  function variableOf({ variable, type: node, defaultValue }: VariableDefinitionNode): Variable {
    const type = typeFromAST(schema, node)
    // A valid document has no others.
    if (!isInputType(type)) throw new Error(`$${variable.name.value} is of no type that can be given`)
    return {
      name: variable.name.value,
      isNeeded: isNonNullType(type) && defaultValue === undefined,
      hasDefault: defaultValue !== undefined,
      defaultValue: defaultValue && valueFromAST(defaultValue, type),
      read: readerOf(type),
    }
  }

  function variablesOf(prepared: PreparedOperation): readonly Variable[] {
    const variables = (prepared.operation.variableDefinitions ?? []).map(variableOf)
    known.set(prepared, variables)
    return variables
  }

  return (prepared: PreparedOperation, given: Variables): Variables | undefined => {
    const variables = known.get(prepared) ?? variablesOf(prepared)
    try {
      return plainIn(given, variables)
    } catch {
      return undefined
    }
  }
}

/** Undefined where one is missing, or not plainly of its type. */
function plainIn(given: Variables, variables: readonly Variable[]): Variables | undefined {
  const values: Record<string, unknown> = {}
  for (const { name, isNeeded, hasDefault, defaultValue, read } of variables) {
    if (name === '__proto__') return undefined
    if (Object.hasOwn(given, name)) {
      const value = read(given[name])
      if (value === undefined) return undefined
      values[name] = value
    } else if (hasDefault) values[name] = defaultValue
    else if (isNeeded) return undefined
  }
  return values
}
