import type { FetchNode } from '../../apollo/planner.ts'
import { plannedName } from '../../names.ts'

/** A fetch's operation, as its subgraph is sent it. */
export interface NamedFetch {
  readonly query: string
  readonly operationName: string | undefined
}

/** Gives a fetch the name that the client gave its operation, as `WebHome__products__0`: subgraphs log it. */
export function namingFetch({
  operation,
  operationName: planned,
}: Pick<FetchNode, 'operation' | 'operationName'>): (clientName: string | undefined) => NamedFetch {
  if (planned === undefined) return () => ({ query: operation, operationName: undefined })
  const at = operation.indexOf(planned)
  const [head, tail] = [operation.slice(0, at), operation.slice(at + planned.length)]
  const end = planned.slice(plannedName.length)
  let last: NamedFetch = { query: `${head.trimEnd()}${tail}`, operationName: undefined }
  let lastName: string | undefined

  return (clientName) => {
    // Nearly all who send an operation call it the same.
    if (clientName === lastName) return last
    const operationName = clientName === undefined ? undefined : `${clientName}${end}`
    last = {
      query: `${operationName === undefined ? head.trimEnd() : `${head}${operationName}`}${tail}`,
      operationName,
    }
    lastName = clientName
    return last
  }
}
