import { getVariableValues, type GraphQLSchema } from 'graphql'

import { clientError, RequestRefused } from '../http/client-error.ts'
import type { Variables } from './client-document.ts'
import { mostErrors, withoutHints, type DocumentRules } from './prepare/document.ts'
import type { PreparedOperation } from './prepare/prepared.ts'

/** The values of an operation's variables, defaults included. @throws RequestRefused where one is not of its type */
export function coerced(prepared: PreparedOperation, given: Variables, rules: DocumentRules): Variables {
  const { errors, coerced: values } = valuesOf(rules.schema, prepared, given)
  if (errors !== undefined) {
    throw wrong(errors.map(({ message }) => (rules.production ? withoutHints(message) : message)))
  }
  // A variable that may be null may stand here when it has a default; the null itself may not.
  const empty = prepared.conditionVariables.filter((name) => values[name] === null)
  if (empty.length > 0)
    throw wrong(empty.map((name) => `Variable "$${name}" must not be null: @skip or @include reads it.`))
  return values
}

function valuesOf(schema: GraphQLSchema, { operation }: PreparedOperation, given: Variables) {
  return getVariableValues(schema, operation.variableDefinitions ?? [], given, { maxErrors: mostErrors })
}

function wrong(messages: readonly string[]): RequestRefused {
  return new RequestRefused(messages.slice(0, mostErrors).map((message) => clientError('BAD_USER_INPUT', { message })))
}
