import { connect } from 'node:net'

import { describe, expect, it } from 'vitest'

import { expectGraphqlError, post, request } from './request.ts'

const me = '{ me { id } }'
const json = 'application/json'

interface Malformed {
  readonly what: string
  readonly body: string
  readonly headers?: Record<string, string>
  readonly status: number
  readonly code?: string
  readonly message: RegExp
}

const posts: readonly Malformed[] = [
  { what: 'JSON that breaks off', body: '{"query":', status: 400, message: /not valid JSON/ },
  { what: 'no body', body: '', status: 400, message: /body is empty/ },
  { what: 'an empty object', body: '{}', status: 400, message: /send \{ "query"/ },
  { what: 'null', body: 'null', status: 400, message: /JSON object/ },
  { what: 'an empty list', body: '[]', status: 400, message: /by a request of its own/ },
  { what: 'a list of operations', body: `[{"query":"${me}"}]`, status: 400, message: /by a request of its own/ },
  { what: 'an empty query', body: '{"query":" "}', status: 400, message: /send \{ "query"/ },
  { what: 'a query that is no text', body: '{"query":5}', status: 400, message: /`query` must be a string/ },
  { what: 'a query that is parsed', body: '{"query":{"kind":"Document"}}', status: 400, message: /must be a string/ },
  { what: 'variables in a text', body: `{"query":"${me}","variables":"x"}`, status: 400, message: /must be an object/ },
  { what: 'variables in a list', body: `{"query":"${me}","variables":[]}`, status: 400, message: /must be an object/ },
  {
    what: 'a name that is no text',
    body: `{"query":"${me}","operationName":5}`,
    status: 400,
    message: /must be a string/,
  },
  {
    what: 'a persisted query of another version',
    body: '{"extensions":{"persistedQuery":{"version":2,"sha256Hash":"5e"}}}',
    status: 400,
    message: /version 1/,
  },
  {
    what: 'a persisted query by the hash of another',
    body: `{"query":"${me}","extensions":{"persistedQuery":{"version":1,"sha256Hash":"5e"}}}`,
    status: 400,
    message: /not the hash/,
  },
  {
    // The protocol of persisted queries: on this, a client sends the query too.
    what: 'a persisted query that is not known',
    body: '{"extensions":{"persistedQuery":{"version":1,"sha256Hash":"5e"}}}',
    status: 200,
    code: 'PERSISTED_QUERY_NOT_FOUND',
    message: /^PersistedQueryNotFound$/,
  },
  { what: 'a poisoned prototype', body: `{"query":"${me}","__proto__":{}}`, status: 400, message: /not valid JSON/ },
  {
    what: 'plain text',
    body: me,
    headers: { 'content-type': 'text/plain' },
    status: 415,
    message: /application\/json/,
  },
  {
    what: 'a form',
    body: `query=${me}`,
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    status: 415,
    message: /application\/json/,
  },
  { what: 'more than 1 MiB', body: `{"query":"${'a'.repeat(1_100_000)}"}`, status: 413, message: /1 MiB/ },
  {
    what: 'a wish for HTML',
    body: `{"query":"${me}"}`,
    headers: { accept: 'text/html' },
    status: 406,
    message: /accept/,
  },
  {
    what: 'a query that breaks off',
    body: '{"query":"{ me { id"}',
    status: 400,
    code: 'GRAPHQL_PARSE_FAILED',
    message: /Syntax/,
  },
  {
    what: 'a field that is not there',
    body: '{"query":"{ me { shoeSize } }"}',
    status: 400,
    code: 'GRAPHQL_VALIDATION_FAILED',
    message: /shoeSize/,
  },
  {
    what: 'an argument that is not there',
    body: '{"query":"{ products(last: 3) { totalCount } }"}',
    status: 400,
    code: 'GRAPHQL_VALIDATION_FAILED',
    message: /last/,
  },
  {
    what: 'the name of no operation',
    body: `{"query":"query A ${me}","operationName":"B"}`,
    status: 400,
    code: 'OPERATION_RESOLUTION_FAILURE',
    message: /no operation "B"/,
  },
  {
    what: 'two operations and no name',
    body: `{"query":"query A ${me} query B ${me}"}`,
    status: 400,
    code: 'OPERATION_RESOLUTION_FAILURE',
    message: /operationName/,
  },
  {
    what: 'no value for a variable',
    body: '{"query":"query ($id: ID!) { order(id: $id) { id } }"}',
    status: 400,
    code: 'BAD_USER_INPUT',
    message: /\$id/,
  },
  {
    what: 'a value of another type',
    body: '{"query":"query ($first: Int) { products(first: $first) { totalCount } }","variables":{"first":"many"}}',
    status: 400,
    code: 'BAD_USER_INPUT',
    message: /\$first/,
  },
  {
    what: "the subgraphs' own entrance",
    body: '{"query":"{ _entities(representations: []) { __typename } }"}',
    status: 400,
    code: 'GRAPHQL_VALIDATION_FAILED',
    message: /_entities/,
  },
]

interface MalformedGet {
  readonly what: string
  readonly search: string
  readonly headers?: Record<string, string>
  readonly status: number
  readonly message: RegExp
}

const preflight = { 'apollo-require-preflight': '1' }
const mutation = encodeURIComponent('mutation { startGuestSession { accessToken } }')

const gets: readonly MalformedGet[] = [
  { what: 'no query', search: '', headers: {}, status: 400, message: /POST \{ "query"/ },
  { what: 'from a foreign page', search: `?query=${me}`, headers: {}, status: 400, message: /require-preflight/ },
  { what: 'a mutation', search: `?query=${mutation}`, status: 405, message: /Use POST/ },
  { what: 'two queries', search: `?query=${me}&query=${me}`, status: 400, message: /more than once/ },
  { what: 'variables that break off', search: `?query=${me}&variables={`, status: 400, message: /not valid JSON/ },
  { what: 'variables in a list', search: `?query=${me}&variables=[]`, status: 400, message: /must be an object/ },
  {
    what: 'a content type of forms',
    search: `?query=${me}`,
    headers: { ...preflight, 'content-type': 'text/plain' },
    status: 415,
    message: /content type/,
  },
]

/** What does not reach the graph, or is no operation of it. */
export function malformedRequests(url: () => string): void {
  describe('a request that is malformed', () => {
    it.each(posts)('is refused in words: $what', async ({ body, headers, status, code = 'BAD_REQUEST', message }) => {
      expectGraphqlError(await post(url(), body, headers), { status, code, message })
    })

    it.each(['PUT', 'PATCH', 'DELETE'])('is answered with the methods that there are: %s', async (method) => {
      const answer = await request(`${url()}/graphql`, { method })
      expectGraphqlError(answer, { status: 405, code: 'BAD_REQUEST', message: /POST/ })
      expect(answer.headers.get('allow')).toBe('GET, POST')
    })

    it.each([
      { what: 'an unknown path', method: 'GET', path: '/nothing', status: 404, code: 'NOT_FOUND' },
      { what: 'an unknown method', method: 'POST', path: '/healthz', status: 404, code: 'NOT_FOUND' },
      { what: 'an escape that is none', method: 'GET', path: '/%zz', status: 400, code: 'BAD_REQUEST' },
      {
        what: 'endless',
        method: 'GET',
        path: `/graphql?query=${'a'.repeat(20_000)}`,
        status: 431,
        code: 'BAD_REQUEST',
      },
    ])('is refused in words when its address is wrong: $what', async ({ method, path, status, code }) => {
      expectGraphqlError(await request(url() + path, { method, headers: { accept: 'text/html' } }), { status, code })
    })

    it('is refused in words when it is not even HTTP', async () => {
      const { port } = new URL(url())
      const answer = await new Promise<string>((resolve, reject) => {
        const socket = connect({ port: Number(port), host: '127.0.0.1' }, () => socket.write('HELO souk\r\n\r\n'))
        const chunks: Buffer[] = []
        socket.on('data', (chunk) => chunks.push(chunk)).on('error', reject)
        socket.on('close', () => resolve(Buffer.concat(chunks).toString()))
      })
      expect(answer).toMatch(/^HTTP\/1.1 400 Bad Request\r\n/)
      expect(answer).toContain('"code":"BAD_REQUEST"')
    })

    it.each(gets)('is refused in words by GET: $what', async ({ search, headers = preflight, status, message }) => {
      const answer = await request(`${url()}/graphql${search}`, { headers })
      expectGraphqlError(answer, { status, code: 'BAD_REQUEST', message })
    })
  })

  it('answers what is well formed, as JSON', async () => {
    const { status, headers, json: answer } = await post(url(), JSON.stringify({ query: me }), { accept: json })
    expect({ status, type: headers.get('content-type') }).toEqual({ status: 200, type: `${json}; charset=utf-8` })
    expect(answer).toEqual({ data: { me: null } })
  })
}
