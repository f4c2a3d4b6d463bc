import type { IncomingMessage } from 'node:http'

import { bodyTooLarge, decoderFor, largestBody } from '../http/body.ts'
import { refused, type RequestRefused } from '../http/client-error.ts'
import type { ReadJson } from './read-json.ts'

/** The JSON that is posted; undefined where nothing is. @throws RequestRefused */
export async function posted(request: IncomingMessage, readJson: ReadJson): Promise<unknown> {
  const { headers } = request
  const decode = decoderFor(headers['content-encoding'])
  if (headers['content-type'] === undefined && hasNoBody(request)) return undefined
  if (!isJson(headers['content-type'])) throw badRequest('Send the operation as application/json.', 415)
  const sent = await bytesOf(request)
  const body = decode === undefined || sent.length === 0 ? sent : await decode(sent)
  if (body.length === 0) throw badRequest('The body is empty; send { "query": "..." }.')
  return readJson(body)
}

function badRequest(message: string, status = 400): RequestRefused {
  return refused('BAD_REQUEST', message, status)
}

function hasNoBody({ headers }: IncomingMessage): boolean {
  const length = headers['content-length']
  return headers['transfer-encoding'] === undefined && (length === undefined || length === '0')
}

function isJson(type: string | undefined): boolean {
  return type !== undefined && /^[\t ]*application\/json[\t ]*(?:;|$)/i.test(type)
}

const empty = Buffer.alloc(0)

/** All of a body. @throws RequestRefused as soon as it is too large, or when the client goes away */
function bytesOf(request: IncomingMessage): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    let length = 0

    function add(chunk: Buffer): void {
      length += chunk.length
      if (length <= largestBody) chunks.push(chunk)
      else tooLarge()
    }

    function tooLarge(): void {
      request.off('data', add)
      reject(badRequest(bodyTooLarge, 413))
    }

    function cutOff(): void {
      reject(badRequest('The body is cut off.'))
    }

    if (Number(request.headers['content-length'] ?? 0) > largestBody) {
      tooLarge()
      return
    }
    // Nothing is said any more of what has gone already.
    if (request.destroyed && !request.readableEnded) {
      cutOff()
      return
    }
    request.on('data', add)
    request.once('end', () => resolve(chunks.length > 1 ? Buffer.concat(chunks) : (chunks[0] ?? empty)))
    request.once('error', cutOff)
  })
}
