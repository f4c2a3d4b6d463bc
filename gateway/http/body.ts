import { brotliDecompress, gunzip, inflate, type ZlibOptions } from 'node:zlib'
import { promisify } from 'node:util'

import { refused, type RequestRefused } from './client-error.ts'

/** Bytes of a request's body at most, as it is sent and as it is meant. */
export const largestBody = 1_048_576

export const bodyTooLarge = 'The body is larger than 1 MiB.'

type Decode = (encoded: Buffer) => Promise<Buffer>

/** By the values of `content-encoding`; `x-gzip` is an old name (RFC 9110, 8.4.1.3). */
const decoders: ReadonlyMap<string, Decode> = new Map([
  ['gzip', bounded(gunzip)],
  ['x-gzip', bounded(gunzip)],
  ['br', bounded(brotliDecompress)],
  ['deflate', bounded(inflate)],
])

/** How to decode a body; undefined when it is sent as it is. @throws RequestRefused for an encoding that is not known */
export function decoderFor(contentEncoding = ''): Decode | undefined {
  const encoding = contentEncoding.trim().toLowerCase()
  if (encoding === '' || encoding === 'identity') return undefined
  const decode = decoders.get(encoding)
  if (decode === undefined)
    throw refused('BAD_REQUEST', 'Send the body as it is, or by one `content-encoding`: gzip, br or deflate.', 415)
  return decode
}

/** Made once: that takes longer than to decode a usual body. */
const utf8 = new TextDecoder('utf-8', { fatal: true })

/** The text of a body, which is JSON and so UTF-8 (RFC 8259, 8.1); the refusal of bytes that are not. */
export function textOf(body: Buffer): string | RequestRefused {
  try {
    return utf8.decode(body)
  } catch {
    return refused('BAD_REQUEST', 'The body is not UTF-8; was it compressed without a `content-encoding`?')
  }
}

type Unzip = (encoded: Buffer, options: ZlibOptions, done: (error: Error | null, decoded: Buffer) => void) => void

/** Stops as soon as there is more than a body may have: a kilobyte can stand for a gigabyte. */
function bounded(unzip: Unzip): Decode {
  const decode = promisify(unzip)
  return async (encoded) => {
    try {
      return await decode(encoded, { maxOutputLength: largestBody })
    } catch (cause) {
      const isTooLarge = cause instanceof Error && 'code' in cause && cause.code === 'ERR_BUFFER_TOO_LARGE'
      throw isTooLarge
        ? refused('BAD_REQUEST', bodyTooLarge, 413)
        : refused('BAD_REQUEST', 'The body is not what `content-encoding` says.')
    }
  }
}
