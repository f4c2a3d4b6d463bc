import { createHash } from 'node:crypto'

/** An answer as it was sent once, compressed. */
export interface Sent {
  /** Such as `br`. */
  readonly encoding: string
  readonly bytes: Buffer
}

/** An answer without errors, the same for everybody, as it is sent. */
export interface ReadyAnswer {
  readonly body: Buffer
  /** Bytes, with those of what it may be compressed to. */
  readonly size: number
  /** Whole seconds for which others may keep it from now on. */
  maxAge(): number
  /** Names these very bytes: compressed, it is called otherwise. */
  etag(encoding?: string): string
  /** As it was sent to somebody who accepts the same encodings. */
  sentTo(accepted: string): Sent | undefined
  remember(accepted: string, sent: Sent): void
}

interface ReadyParts {
  readonly body: Buffer
  /** By `performance.now()`: nobody is to give it any more. */
  readonly expiry: number
}

/** Browsers and servers write what they accept in a few ways. */
const mostSent = 4
/** Characters of what a client accepts. No browser writes so many; more are not remembered, since they take what nobody reckons. */
const mostAccepted = 200
/** Compressed, it is about a fifth of its size, each time. */
const withSent = 1 + mostSent / 5

export function readyAnswer({ body, expiry }: ReadyParts): ReadyAnswer {
  let hash: string | undefined
  const sent = new Map<string, Sent>()
  return {
    body: exactly(body),
    size: Math.ceil(body.length * withSent),
    maxAge: () => Math.max(0, Math.floor((expiry - performance.now()) / 1_000)),
    etag(encoding) {
      hash ??= createHash('sha256').update(body).digest('base64url')
      return encoding === undefined ? `"${hash}"` : `"${hash}-${encoding}"`
    },
    sentTo: (accepted) => sent.get(accepted),
    remember(accepted, one) {
      if (sent.size >= mostSent || accepted.length > mostAccepted) return
      sent.set(accepted, { ...one, bytes: exactly(one.bytes) })
    },
  }
}

/** A copy that holds no more memory than it has bytes: a part of a larger buffer keeps all of that. */
function exactly(bytes: Buffer): Buffer {
  const copy = Buffer.alloc(bytes.length)
  bytes.copy(copy)
  return copy
}
