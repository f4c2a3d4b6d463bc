import { buildClientSchema, getIntrospectionQuery, parse, validate, type IntrospectionQuery } from 'graphql'

import { examples, type Example } from './examples.ts'

interface GraphAt {
  readonly url: string
  readonly fetch: typeof globalThis.fetch
}

/** The examples that the graph can answer: it may be somebody else's. All of them where it does not say what it has. */
export async function fittingExamples({ url, fetch }: GraphAt): Promise<readonly Example[]> {
  try {
    const headers = { 'content-type': 'application/json' }
    const body = JSON.stringify({ query: getIntrospectionQuery() })
    const response = await fetch(url, { method: 'POST', headers, body })
    // A graph's own answer to the query of graphql-js; what is none makes the next line throw.
    const { data } = (await response.json()) as { readonly data: IntrospectionQuery }
    const schema = buildClientSchema(data)
    return examples.filter(({ query }) => validate(schema, parse(query)).length === 0)
  } catch {
    return examples
  }
}
