import {
  GraphQLError,
  Kind,
  NoSchemaIntrospectionCustomRule,
  parse,
  specifiedRules,
  validate,
  type DocumentNode,
  type GraphQLSchema,
} from 'graphql'

import { clientError, RequestRefused } from '../../http/client-error.ts'
import type { ClientDocument } from '../client-document.ts'
import type { Limits } from '../limits/limits.ts'
import type { ListSizes } from '../limits/list-sizes.ts'
import { limitShape } from '../limits/shape.ts'
import { limitText } from '../limits/text.ts'

export interface DocumentRules {
  readonly schema: GraphQLSchema
  readonly limits: Limits
  readonly sizes: ListSizes
  /** In production the schema is not shown, neither whole nor by hints. */
  readonly production: boolean
}

/** How many mistakes of one document are reported: a client mends them one after the other. */
export const mostErrors = 5

/** Parses a document, holds it to the limits and validates it. @throws RequestRefused */
export function readDocument(text: string, rules: DocumentRules): ClientDocument {
  limitText(text, rules.limits)
  const document = parsed(text)
  limitShape(document, rules.limits)
  requireValid(document, rules)
  return document
}

function parsed(text: string): ClientDocument {
  try {
    return parts(parse(text))
  } catch (thrown) {
    if (!(thrown instanceof GraphQLError)) throw thrown
    const { message, locations } = thrown
    throw new RequestRefused([clientError('GRAPHQL_PARSE_FAILED', { message, locations })])
  }
}

/** A document that is known to be valid. It remembers no places in its text: those would take more than all else. */
export function documentOf(text: string): ClientDocument {
  return parts(parse(text, { noLocation: true }))
}

function parts(node: DocumentNode): ClientDocument {
  const { definitions } = node
  return {
    node,
    operations: definitions.filter((definition) => definition.kind === Kind.OPERATION_DEFINITION),
    fragments: new Map(
      definitions.flatMap((definition) =>
        definition.kind === Kind.FRAGMENT_DEFINITION ? [[definition.name.value, definition]] : [],
      ),
    ),
  }
}

function requireValid({ node }: ClientDocument, { schema, production }: DocumentRules): void {
  const rules = production ? [...specifiedRules, NoSchemaIntrospectionCustomRule] : specifiedRules
  const mistakes = validate(schema, node, rules, { maxErrors: mostErrors }).slice(0, mostErrors)
  if (mistakes.length === 0) return
  throw new RequestRefused(
    mistakes.map((mistake) =>
      clientError('GRAPHQL_VALIDATION_FAILED', {
        message: shownMessage(mistake, production),
        locations: mistake.locations,
      }),
    ),
  )
}

function shownMessage({ message }: GraphQLError, production: boolean): string {
  if (message.startsWith('GraphQL introspection has been disabled')) {
    return 'The schema is not shown here: introspection is switched off.'
  }
  return production ? withoutHints(message) : message
}

/** "Did you mean ..." would show, name by name, what introspection does not. */
export function withoutHints(message: string): string {
  return message.replace(/ ?Did you mean .*\?$/s, '')
}
