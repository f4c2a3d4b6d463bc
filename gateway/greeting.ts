import type { FastifyRequest } from 'fastify'

import type { SoukError } from '../platform/errors.ts'
import type { AnswerHeaders } from './http/headers.ts'
import type { Policy, PolicyParts } from './policy.ts'

/** What a request meets before anything is done for it: it may add to the headers of the answer, whatever that is, and refuse. */
export type Greeting = (request: FastifyRequest, headers: AnswerHeaders) => SoukError | undefined

/** What an answer meets before it is sent: it may add to its headers. */
export type Farewell = (request: FastifyRequest, status: number, headers: AnswerHeaders) => void

export type MakeGreeting = (parts: PolicyParts) => Greeting
export type MakeFarewell = (parts: PolicyParts) => Farewell

/** All of them, in order, up to the first that refuses. */
export function greetingBy(makers: readonly MakeGreeting[], parts: PolicyParts): Greeting {
  const greetings = makers.map((make) => make(parts))
  return (request, headers) => {
    for (const greet of greetings) {
      const refusal = greet(request, headers)
      if (refusal !== undefined) return refusal
    }
    return undefined
  }
}

export function farewellBy(makers: readonly MakeFarewell[], parts: PolicyParts): Farewell {
  const farewells = makers.map((make) => make(parts))
  return (request, status, headers) => {
    for (const bid of farewells) bid(request, status, headers)
  }
}

/** Greets what Fastify serves. */
export function greeted(makers: readonly MakeGreeting[]): Policy {
  return (server, parts) => {
    const greet = greetingBy(makers, parts)
    server.addHook('onRequest', (request, reply, done) => {
      const headers: AnswerHeaders = {}
      const refusal = greet(request, headers)
      reply.headers(headers)
      done(refusal)
    })
  }
}

export function sentOff(makers: readonly MakeFarewell[]): Policy {
  return (server, parts) => {
    const bid = farewellBy(makers, parts)
    server.addHook('onSend', async (request, reply) => {
      const headers: AnswerHeaders = {}
      bid(request, reply.statusCode, headers)
      reply.headers(headers)
    })
  }
}
