import { promisify } from 'node:util'
import { brotliCompress, brotliCompressSync, constants, gzip, gzipSync, type BrotliOptions } from 'node:zlib'

import { negotiate } from '@fastify/accept-negotiator'
import { LRUCache } from 'lru-cache'

/** Bytes that fit into one packet: smaller answers arrive no sooner when they are compressed. */
export const threshold = 1_400

/** Above this, another thread does it: 64 KiB of JSON take 0.3 to 0.6 ms of the event loop. */
export const syncThreshold = 65_536

/** From what is preferred on. */
export const encodings = ['br', 'gzip'] as const
type Encoding = (typeof encodings)[number]

export const quality: BrotliOptions = { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } }

interface Compressor {
  now(body: Buffer): Buffer
  elsewhere(body: Buffer): Promise<Buffer>
}

const [brotliElsewhere, gzipElsewhere] = [
  promisify<Buffer, BrotliOptions, Buffer>(brotliCompress),
  promisify<Buffer, Buffer>(gzip),
]

const compressors: Readonly<Record<Encoding, Compressor>> = {
  br: { now: (body) => brotliCompressSync(body, quality), elsewhere: (body) => brotliElsewhere(body, quality) },
  gzip: { now: (body) => gzipSync(body), elsewhere: gzipElsewhere },
}

/** Clients write what they accept in a few ways. */
const known = new LRUCache<string, { readonly encoding: Encoding | undefined }>({
  max: 1_000,
  memoMethod: (accepted) => ({ encoding: negotiated(accepted) }),
})
const longest = 200

/** What a client wants a body in, by its `accept-encoding`; undefined for as it is. */
export function preferredEncoding(accepted: string): Encoding | undefined {
  return accepted.length > longest ? negotiated(accepted) : known.memo(accepted).encoding
}

/** `x-gzip` is an old name, and who has no preference is given what everybody knows. */
function negotiated(accepted: string): Encoding | undefined {
  const preferred = negotiate(accepted.toLowerCase().replaceAll(/\*|x-gzip/g, 'gzip'), [...encodings])
  return encodings.find((encoding) => encoding === preferred)
}

export function compressed(body: Buffer, encoding: Encoding): Buffer | Promise<Buffer> {
  const { now, elsewhere } = compressors[encoding]
  return body.length > syncThreshold ? elsewhere(body) : now(body)
}
