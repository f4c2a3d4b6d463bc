import type { ServerResponse } from 'node:http'

import type { FastifyRequest } from 'fastify'

import type { Farewell } from '../greeting.ts'
import type { WrittenAnswer } from '../http/answers.ts'
import { compressed, preferredEncoding, threshold } from '../http/compression.ts'
import type { AnswerHeaders } from '../http/headers.ts'
import { shareAnswer, type SharedAnswer } from './share-answer.ts'

interface Sending {
  readonly request: FastifyRequest
  readonly response: ServerResponse
  readonly headers: AnswerHeaders
  readonly written: WrittenAnswer
  /** Set where the answer is one that everybody may have. */
  readonly shared: SharedAnswer | undefined
  readonly bid: Farewell
}

/** Sends an answer: encoded as the client prefers, or that it has it still. */
export async function send({ request, response, headers, written, shared, bid }: Sending): Promise<void> {
  const { method } = request
  Object.assign(headers, written.headers)
  // What a GET would have been compressed to is not known here.
  const encoded = method === 'HEAD' ? undefined : encodedFor(request, written.body, shared)
  const { bytes, encoding } = encoded instanceof Promise ? await encoded : (encoded ?? asItIs(written.body))
  if (encoding !== undefined) headers['content-encoding'] = encoding
  const isKnown = shared !== undefined && shareAnswer(request, headers, { ...shared, encoding })
  const status = isKnown ? 304 : written.status
  bid(request, status, headers)
  if (isKnown) {
    for (const name of ['content-encoding', 'content-type']) Reflect.deleteProperty(headers, name)
    response.writeHead(status, headers).end()
    return
  }
  if (method === 'HEAD') {
    response.writeHead(status, headers).end()
    return
  }
  headers['content-length'] = bytes.length
  response.writeHead(status, headers).end(bytes)
}

interface Encoded {
  readonly bytes: Buffer
  /** Undefined for as it is. */
  readonly encoding: string | undefined
}

function asItIs(bytes: Buffer): Encoded {
  return { bytes, encoding: undefined }
}

function encodedFor({ headers }: FastifyRequest, body: Buffer, shared?: SharedAnswer): Encoded | Promise<Encoded> {
  const accepted = headers['accept-encoding']
  if (accepted === undefined || body.length < threshold || headers['x-no-compression'] !== undefined)
    return asItIs(body)
  // What was compressed once is sent again as it is.
  const sent = shared?.ready.sentTo(accepted)
  if (sent !== undefined) return sent
  const encoding = preferredEncoding(accepted)
  if (encoding === undefined) return asItIs(body)
  const remember = (bytes: Buffer): Encoded => {
    shared?.ready.remember(accepted, { encoding, bytes })
    return { bytes, encoding }
  }
  const bytes = compressed(body, encoding)
  return bytes instanceof Promise ? bytes.then(remember) : remember(bytes)
}
