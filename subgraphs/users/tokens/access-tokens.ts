import { SignJWT } from 'jose'

import type { Clock } from '../../../platform/clock.ts'
import {
  accessTokenAlgorithm,
  accessTokenAudience,
  accessTokenIssuer,
} from '../../../platform/identity/access-token.ts'
import { claimsOf } from '../../../platform/identity/claims.ts'
import type { Viewer } from '../../../platform/identity/viewer.ts'
import type { NewId } from '../../../platform/ids.ts'
import type { SigningKeys } from './signing-keys.ts'

export interface AccessToken {
  readonly accessToken: string
  readonly expiresAt: Date
}

export type KnownViewer = Exclude<Viewer, { kind: 'visitor' }>

/** Signs who somebody is, and in which session, for everybody to verify by the public keys. */
export type IssueAccessToken = (viewer: KnownViewer, sessionId: string) => Promise<AccessToken>

export function accessTokenOffice(parts: {
  readonly keys: SigningKeys
  readonly clock: Clock
  readonly newId: NewId
  /** Milliseconds. */
  readonly tokensLiveFor: number
}): IssueAccessToken {
  const { keys, clock, newId, tokensLiveFor } = parts
  return async (viewer, sessionId) => {
    const { kid, privateKey } = await keys.newest()
    // A token counts in whole seconds.
    const issuedAt = Math.floor(clock().getTime() / 1000)
    const expiresAt = issuedAt + Math.floor(tokensLiveFor / 1000)
    const accessToken = await new SignJWT({ ...claimsOf(viewer).claims, sid: sessionId })
      .setProtectedHeader({ alg: accessTokenAlgorithm, kid })
      .setSubject(viewer.id)
      .setIssuer(accessTokenIssuer)
      .setAudience(accessTokenAudience)
      .setJti(newId())
      .setIssuedAt(issuedAt)
      .setExpirationTime(expiresAt)
      .sign(privateKey)
    return { accessToken, expiresAt: new Date(expiresAt * 1000) }
  }
}
