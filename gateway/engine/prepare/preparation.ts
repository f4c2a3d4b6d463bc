import { createHash } from 'node:crypto'

import { OperationTypeNode } from 'graphql'
import { LRUCache } from 'lru-cache'

import { refused } from '../../http/client-error.ts'
import type { ClientDocument, ClientOperation } from '../client-document.ts'
import { documentOf, readDocument, type DocumentRules } from './document.ts'
import { normalised } from './normalised.ts'
import { preparedFrom, type PreparedOperation } from './prepared.ts'

/** An operation as a client sends it, without the values of its variables. */
export interface KnownOperation {
  readonly text: string
  readonly operationName: string | undefined
}

/** What a client's operation comes to. */
export interface FoundOperation {
  /** As the client calls it: others may have called the same otherwise. */
  readonly name: string | undefined
  readonly prepared: PreparedOperation
}

export interface Preparation {
  /** @throws RequestRefused */
  prepare(text: string, operationName: string | undefined): FoundOperation
  /** What is kept prepared, from what was asked for last to what was asked for longest ago; each once, however clients write it. */
  recent(): Iterable<KnownOperation>
}

/** What is known of a text that was found to be valid: little, so that many texts of one operation take little. */
type KnownText = Map<string | undefined, { readonly name: string | undefined; readonly key: string }>

/** Bytes of all texts that are known, and what each, and each of its operations, takes beside its characters. */
const textBytes = 16 * 1_048_576
const bytesOfText = 500
/** Bytes of all operations that are kept prepared. */
const preparedBytes = 64 * 1_048_576
/**
 * What an operation takes with its plan and what fetches by it, by measurement, for each character and beside them. What writes
 * its answers has a room of its own (`../choices.ts`).
 */
const bytesOfCharacter = 120
const bytesOfOperation = 10_000

/**
 * Does once what needs no values of variables: parse, limit, validate, name, split. A text that is known is looked up without
 * being parsed; texts that differ in nothing that shows share what is prepared. None of it waits for anything, so that nobody
 * can ask for the same meanwhile.
 */
export function preparation(rules: DocumentRules): Preparation {
  const texts = new LRUCache<string, KnownText>({ maxSize: textBytes })
  const operations = new LRUCache<string, PreparedOperation>({ maxSize: preparedBytes })

  function read(text: string): { readonly document: ClientDocument; readonly known: KnownText } {
    const known = texts.get(text)
    // It was valid when it was read first, and has not changed.
    if (known !== undefined) return { document: documentOf(text), known }
    const document = readDocument(text, rules)
    const made: KnownText = new Map()
    texts.set(text, made, { size: 2 * text.length + bytesOfText * (1 + document.operations.length) })
    return { document, known: made }
  }

  function found(text: string, operationName: string | undefined): FoundOperation {
    const { document, known } = read(text)
    const operation = operationOf(document, operationName)
    const normal = normalised(operation, document.fragments)
    const key = createHash('sha256').update(normal).digest('base64')
    const name = operation.name?.value
    known.set(operationName, { name, key })
    return { name, prepared: operations.get(key) ?? first(key, normal) }
  }

  function first(key: string, normal: string): PreparedOperation {
    // Read anew, so that nothing of what is kept holds on to a client's text.
    const document = documentOf(normal)
    const prepared = preparedFrom(operationOf(document, undefined), document, rules)
    operations.set(key, prepared, { size: bytesOfOperation + bytesOfCharacter * normal.length })
    return prepared
  }

  return {
    prepare(text, operationName) {
      const known = texts.get(text)?.get(operationName)
      const prepared = known && operations.get(known.key)
      return prepared === undefined ? found(text, operationName) : { name: known?.name, prepared }
    },
    *recent() {
      const given = new Set<string>()
      for (const [text, all] of texts.entries()) {
        for (const { name, key } of all.values()) {
          if (given.has(key) || !operations.has(key)) continue
          given.add(key)
          yield { text, operationName: name }
        }
      }
    },
  }
}

function operationOf({ operations }: ClientDocument, name: string | undefined): ClientOperation {
  const [first, second] = operations
  if (name === undefined && second !== undefined) {
    throw refused('OPERATION_RESOLUTION_FAILURE', 'Name by `operationName` which of the operations to run.')
  }
  const found = name === undefined ? first : operations.find((operation) => operation.name?.value === name)
  if (found === undefined) {
    const message = name === undefined ? 'The document has no operation.' : `The document has no operation "${name}".`
    throw refused('OPERATION_RESOLUTION_FAILURE', message)
  }
  if (found.operation === OperationTypeNode.SUBSCRIPTION) {
    throw refused('GRAPHQL_VALIDATION_FAILED', 'This graph has no subscriptions.')
  }
  return found
}
