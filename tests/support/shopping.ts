import { readFileSync } from 'node:fs'

import { Kind, parse, print, visit, type DocumentNode } from 'graphql'

/** What a client gets back, read as JSON: its shape is what a test asserts. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- an answer's shape is asserted, not declared
export type Json = any

export interface HttpAnswer {
  readonly status: number
  readonly data: Json
  readonly errors: readonly {
    readonly message: string
    readonly path?: unknown
    readonly extensions: { readonly code: string }
  }[]
}

/** One client, who sends the operations of `clients/` by name, and bears a token once it has one. */
export interface Client {
  token: string | undefined
  /** Sends a registered operation. */
  run(operationName: string, variables?: Record<string, unknown>): Promise<HttpAnswer>
  /** Sends any operation. */
  send(query: string, variables?: Record<string, unknown>): Promise<HttpAnswer>
}

const files = ['web/storefront', 'mobile/app', 'staff/console']

/** The operations of `clients/`, each with the fragments it uses. */
export function registeredOperations(): Map<string, string> {
  const operations = new Map<string, string>()
  for (const file of files) {
    const document = parse(readFileSync(new URL(`../../clients/${file}.graphql`, import.meta.url), 'utf8'))
    for (const definition of document.definitions) {
      if (definition.kind !== Kind.OPERATION_DEFINITION || definition.name === undefined) continue
      operations.set(definition.name.value, print(withFragments(document, definition.name.value)))
    }
  }
  return operations
}

function withFragments(document: DocumentNode, operation: string): DocumentNode {
  const wanted = new Set<string>()
  function follow(name: string): void {
    const definition = document.definitions.find((node) => 'name' in node && node.name?.value === name)
    if (definition === undefined) return
    visit(definition, {
      FragmentSpread(node) {
        if (wanted.has(node.name.value)) return
        wanted.add(node.name.value)
        follow(node.name.value)
      },
    })
  }
  follow(operation)
  const definitions = document.definitions.filter(
    (node) =>
      'name' in node && node.name !== undefined && (node.name.value === operation || wanted.has(node.name.value)),
  )
  return { kind: Kind.DOCUMENT, definitions }
}

const operations = registeredOperations()

export function createClient(url: string, token?: string): Client {
  const client: Client = {
    token,
    run(operationName, variables) {
      const query = operations.get(operationName)
      if (query === undefined) throw new Error(`clients/ has no operation ${operationName}`)
      return client.send(query, variables)
    },
    async send(query, variables = {}) {
      const response = await fetch(`${url}/graphql`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          ...(client.token === undefined ? {} : { authorization: `Bearer ${client.token}` }),
        },
        body: JSON.stringify({ query, variables }),
      })
      const body: Json = await response.json()
      return { status: response.status, data: body.data, errors: body.errors ?? [] }
    },
  }
  return client
}

interface Waiting {
  /** What is waited for, as a sentence without its end: "the order ends". */
  readonly what: string
  /** Milliseconds. */
  readonly within?: number
  readonly every?: number
}

/** Asks again until the answer is as wanted: for what another part of the shop does a moment later. */
export async function eventually<Value>(
  ask: () => Promise<Value>,
  wanted: (value: Value) => boolean,
  { what, within = 30_000, every = 50 }: Waiting,
): Promise<Value> {
  const deadline = Date.now() + within
  for (;;) {
    const value = await ask()
    if (wanted(value)) return value
    if (Date.now() > deadline) {
      throw new Error(`waited ${within} ms in vain until ${what}; the last answer was ${JSON.stringify(value)}`)
    }
    await new Promise((resolve) => setTimeout(resolve, every))
  }
}

export const address = {
  recipient: 'Ada Lovelace',
  line1: '12 St James Square',
  city: 'London',
  postcode: 'SW1Y 4JH',
  country: 'GB',
}
