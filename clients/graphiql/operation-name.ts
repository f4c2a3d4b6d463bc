import type { Fetcher } from '@graphiql/toolkit'
import { Kind, parse, type DocumentNode } from 'graphql'

/**
 * A fetcher that sends no operation's name where the document has one operation alone. GraphiQL reads the name a moment
 * after the text has changed, so who opens a tab and runs it at once would ask for an operation of the tab before.
 */
export function withFittingName(fetcher: Fetcher): Fetcher {
  return (parameters, options) => fetcher(fitting(parameters), options)
}

type Parameters = Readonly<{ query: string; operationName?: string | null | undefined }>

export function fitting<Given extends Parameters>(given: Given): Given {
  return operationsIn(given.query) === 1 ? { ...given, operationName: undefined } : given
}

/** Undefined for what is no document: the graph says what is wrong with it. */
function operationsIn(query: string): number | undefined {
  try {
    const document: DocumentNode = parse(query)
    return document.definitions.filter(({ kind }) => kind === Kind.OPERATION_DEFINITION).length
  } catch {
    return undefined
  }
}
