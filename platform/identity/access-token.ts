import { createLocalJWKSet, errors, jwtVerify, type JSONWebKeySet } from 'jose'
import { LRUCache } from 'lru-cache'

import type { Clock } from '../clock.ts'
import { SoukError } from '../errors.ts'
import { sessionIdFromClaims, viewerFromClaims } from './claims.ts'
import { isCanonical } from './compact-token.ts'
import type { HasEnded } from './ended-sessions.ts'
import type { Viewer } from './viewer.ts'

/** What whoever signs access tokens (users) and whoever verifies them (the gateway) agree on. */
export const accessTokenIssuer = 'souk-users'
export const accessTokenAudience = 'souk'
export const accessTokenAlgorithm = 'EdDSA'

/** Keys are read again after this long, so that one that was withdrawn is not trusted for ever. */
const keysKeptFor = 600_000
/** A token that names an unknown key makes the keys be read again, but no more often than this, whoever sends them. */
const unknownKeyPause = 5_000
const cacheLimit = 10_000

/** Finds out who bears the token. @throws SoukError UNAUTHENTICATED when it has expired, its session has ended, or it never was valid */
export type AccessTokenVerifier = (token: string) => Promise<Viewer>

type KeySet = ReturnType<typeof createLocalJWKSet>

interface Verified {
  readonly viewer: Viewer
  readonly sessionId: string | undefined
  /** Milliseconds. */
  readonly until: number
}

/** @param parts.jwks reads the public keys as they are now; called seldom */
export function accessTokenVerifier(parts: {
  readonly jwks: () => Promise<JSONWebKeySet>
  readonly clock: Clock
  /** Which sessions were ended before their tokens expired; none where it is left out. */
  readonly hasEnded?: HasEnded
}): AccessTokenVerifier {
  const { clock, hasEnded = () => false } = parts
  const keys = keySource(parts)
  const seen = new LRUCache<string, Verified>({ max: cacheLimit })

  async function verified(token: string): Promise<Verified> {
    const now = clock()
    const known = seen.get(token)
    if (known !== undefined && known.until > now.getTime()) return known
    seen.delete(token)
    const fresh = await verify(token, { keys, now })
    seen.set(token, fresh)
    return fresh
  }

  return async (token) => {
    const { viewer, sessionId } = await verified(token)
    // Asked each time: a token that was good a moment ago is good for nothing once its session has ended.
    if (sessionId !== undefined && hasEnded(sessionId)) throw expired()
    return viewer
  }
}

/** A client does the same about a session that has ended as about a token that has expired: it refreshes, or signs in. */
function expired(cause?: unknown): SoukError {
  return new SoukError('UNAUTHENTICATED', 'The access token has expired.', { cause })
}

interface Against {
  readonly keys: KeySource
  readonly now: Date
}

async function verify(token: string, against: Against): Promise<Verified> {
  try {
    if (!isCanonical(token)) throw new Error('the token is spelled in another way than it was issued')
    const { payload } = await signatureOf(token, against)
    const until = (payload.exp ?? 0) * 1000
    return { viewer: viewerFromClaims(payload), sessionId: sessionIdFromClaims(payload), until }
  } catch (cause) {
    if (cause instanceof SoukError) throw cause
    if (cause instanceof errors.JWTExpired) throw expired(cause)
    throw new SoukError('UNAUTHENTICATED', 'The access token is not valid.', { cause })
  }
}

/** Verifies by the keys at hand; by newer ones when the token names a key that is not among them. */
async function signatureOf(token: string, { keys, now }: Against) {
  const options = {
    issuer: accessTokenIssuer,
    audience: accessTokenAudience,
    algorithms: [accessTokenAlgorithm],
    requiredClaims: ['exp', 'sub'],
    currentDate: now,
  }
  const current = await keys.current()
  try {
    return await jwtVerify(token, current, options)
  } catch (thrown) {
    const newer = thrown instanceof errors.JWKSNoMatchingKey ? await keys.newerThan(current) : undefined
    if (newer === undefined) throw thrown
    return jwtVerify(token, newer, options)
  }
}

interface KeySource {
  current(): Promise<KeySet>
  /** Undefined when the keys were read so shortly before that they are not read again. */
  newerThan(known: KeySet): Promise<KeySet | undefined>
}

function keySource({ jwks, clock }: { jwks: () => Promise<JSONWebKeySet>; clock: Clock }): KeySource {
  let latest: { keys: KeySet; readAt: number } | undefined
  let reading: Promise<KeySet> | undefined
  let askedForUnknownAt = -Infinity

  async function read(): Promise<KeySet> {
    try {
      const keys = createLocalJWKSet(await jwks())
      latest = { keys, readAt: clock().getTime() }
      return keys
    } catch (cause) {
      // Keys that are known go on being good for a while when users cannot be asked.
      if (latest !== undefined) return latest.keys
      throw new SoukError('SUBGRAPH_UNAVAILABLE', 'Access tokens cannot be verified just now.', { cause })
    }
  }

  /** Many who ask at once make one reading. */
  function readOnce(): Promise<KeySet> {
    reading ??= read().finally(() => (reading = undefined))
    return reading
  }

  return {
    async current() {
      const now = clock().getTime()
      return latest !== undefined && now - latest.readAt < keysKeptFor ? latest.keys : readOnce()
    },
    async newerThan(known) {
      const now = clock().getTime()
      if (latest !== undefined && latest.keys !== known) return latest.keys
      if (reading !== undefined) return reading
      if (now - askedForUnknownAt < unknownKeyPause) return undefined
      askedForUnknownAt = now
      return readOnce()
    },
  }
}
