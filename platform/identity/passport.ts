import { jwtVerify, SignJWT, type CryptoKey } from 'jose'
import { LRUCache } from 'lru-cache'

import type { Clock } from '../clock.ts'
import { SoukError } from '../errors.ts'
import { claimsOf, viewerFromClaims } from './claims.ts'
import { isCanonical } from './compact-token.ts'
import type { Viewer } from './viewer.ts'

const issuer = 'souk-gateway'
/** Of the keys that passports are signed and verified with. */
export const passportAlgorithm = 'EdDSA'
const validForSeconds = 60
const reusedForMilliseconds = 5_000
const cacheLimit = 10_000

/** Signs, for one subgraph, who is asking. */
export type PassportOffice = (viewer: Viewer, subgraph: string) => string | Promise<string>

/** Finds out who is asking. @throws SoukError UNAUTHENTICATED for a passport that is missing, forged, late or another subgraph's */
export type PassportControl = (passport: string | undefined) => Promise<Viewer>

/** The gateway's half. A passport is used again for a few seconds, so that signing costs nothing a request. */
export function passportOffice(parts: {
  readonly privateKey: CryptoKey
  readonly clock: Clock
  /** Passports at most; then the one that was asked for longest ago goes. */
  readonly keptAtMost?: number
}): PassportOffice {
  const { privateKey, clock, keptAtMost = cacheLimit } = parts
  const issued = new LRUCache<string, Issued>({ max: keptAtMost })
  const keyOf = viewerKeys()
  return (viewer, subgraph) => {
    const now = clock().getTime()
    const key = `${subgraph} ${keyOf(viewer)}`
    const known = issued.get(key)
    if (known !== undefined && known.until > now) return known.passport
    const { subject, claims } = claimsOf(viewer)
    const token = new SignJWT(claims)
      .setProtectedHeader({ alg: passportAlgorithm })
      .setIssuer(issuer)
      .setAudience(subgraph)
      .setIssuedAt(Math.floor(now / 1000))
      .setExpirationTime(Math.floor(now / 1000) + validForSeconds)
    if (subject !== undefined) token.setSubject(subject)
    const passport = token.sign(privateKey)
    const entry: Issued = { passport, until: now + reusedForMilliseconds }
    issued.set(key, entry)
    passport.then(
      (signed) => (entry.passport = signed),
      // One that could not be signed is not given out again. Whoever asked has the rejection.
      () => issued.delete(key),
    )
    return passport
  }
}

interface Issued {
  passport: string | Promise<string>
  readonly until: number
}

/** What tells viewers apart; each fetch of one request asks for it. */
function viewerKeys(): (viewer: Viewer) => string {
  const keys = new WeakMap<Viewer, string>()
  return (viewer) => {
    const known = keys.get(viewer)
    if (known !== undefined) return known
    const key = JSON.stringify(claimsOf(viewer))
    keys.set(viewer, key)
    return key
  }
}

/** A subgraph's half. A passport seen in the last seconds is not verified again. */
export function passportControl(parts: { publicKey: CryptoKey; subgraph: string; clock: Clock }): PassportControl {
  const { publicKey, subgraph, clock } = parts
  const seen = new LRUCache<string, { viewer: Viewer; until: number }>({ max: cacheLimit })
  return async (passport) => {
    if (passport === undefined) throw new SoukError('UNAUTHENTICATED', 'This subgraph answers the gateway only.')
    const now = clock()
    const known = seen.get(passport)
    if (known !== undefined && known.until > now.getTime()) return known.viewer
    const { viewer, expiresAt } = await verify(passport, { publicKey, subgraph, now })
    seen.set(passport, { viewer, until: Math.min(now.getTime() + reusedForMilliseconds, expiresAt) })
    return viewer
  }
}

async function verify(
  passport: string,
  against: { publicKey: CryptoKey; subgraph: string; now: Date },
): Promise<{ viewer: Viewer; expiresAt: number }> {
  try {
    if (!isCanonical(passport)) throw new Error('the passport is spelled in another way than it was issued')
    const { payload } = await jwtVerify(passport, against.publicKey, {
      issuer,
      audience: against.subgraph,
      algorithms: [passportAlgorithm],
      requiredClaims: ['exp'],
      currentDate: against.now,
    })
    return { viewer: viewerFromClaims(payload), expiresAt: (payload.exp ?? 0) * 1000 }
  } catch (cause) {
    throw new SoukError('UNAUTHENTICATED', 'The passport is not valid.', { cause })
  }
}
