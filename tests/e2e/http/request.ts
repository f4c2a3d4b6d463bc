import { expect } from 'vitest'

import type { Json } from '../../support/shopping.ts'

export interface Answer {
  readonly status: number
  readonly headers: Headers
  readonly text: string
  readonly json: Json
}

/** Sends the request as it is given, and follows no redirect. */
export async function request(url: string, init: RequestInit = {}): Promise<Answer> {
  const response = await fetch(url, { redirect: 'manual', ...init })
  const text = await response.text()
  const isJson = /^application\/([\w-]+\+)?json\b/.test(response.headers.get('content-type') ?? '')
  return { status: response.status, headers: response.headers, text, json: isJson ? JSON.parse(text) : undefined }
}

/** Posts text as JSON to the graph. */
export function post(url: string, body: string, headers: Record<string, string> = {}): Promise<Answer> {
  return request(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body,
  })
}

/** Traces of the inside: stacks, files, SQL, addresses and names of subgraphs as Apollo reports them. */
const inside =
  /<html|<!doctype|\bat [\w.<>]+ \(|\.[cm]?[jt]s\b|node_modules|localhost|127\.0\.0\.1|subgraph|souk_|\bselect \w+ from\b|stacktrace/i

/** Words of the libraries, which mean something to who built Souk and nothing to who calls it. */
const libraries = /apollo(?!-require-preflight)|fastify|\bzod\b|\bCSRF\b|\bbatching\b|expected \w+, received/i

/** Asserts that an answer says no the way GraphQL clients read it, and shows nothing of the inside. */
export function expectGraphqlError(answer: Answer, wanted: { status: number; code: string; message?: RegExp }): void {
  const { status, json, text } = answer
  expect({ status, type: answer.headers.get('content-type') }).toEqual({
    status: wanted.status,
    type: expect.stringMatching(/^application\/(json|graphql-response\+json); charset=utf-8$/),
  })
  expect(json.errors.length).toBeGreaterThan(0)
  for (const error of json.errors) {
    expect(error).toMatchObject({ message: expect.stringMatching(/\S/), extensions: { code: wanted.code } })
    expect(Object.keys(error.extensions)).toEqual(['code'])
  }
  expect(json.errors[0].message).toMatch(wanted.message ?? /\S/)
  expect(text).not.toMatch(inside)
  expect(text).not.toMatch(libraries)
}
