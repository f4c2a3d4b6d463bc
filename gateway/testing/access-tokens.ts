import { exportJWK, generateKeyPair, SignJWT, type JSONWebKeySet } from 'jose'

import { accessTokenAlgorithm, accessTokenAudience, accessTokenIssuer } from '../../platform/identity/access-token.ts'
import { claimsOf } from '../../platform/identity/claims.ts'
import { newUuid } from '../../platform/ids.ts'

/** Signs access tokens in the place of users. */
export interface Signer {
  readonly jwks: JSONWebKeySet
  /** A token of a new guest. */
  accessToken(): Promise<string>
}

export async function signer(): Promise<Signer> {
  const { privateKey, publicKey } = await generateKeyPair(accessTokenAlgorithm)
  return {
    jwks: { keys: [{ ...(await exportJWK(publicKey)), kid: 'first', alg: accessTokenAlgorithm }] },
    accessToken() {
      const id = newUuid()
      return new SignJWT(claimsOf({ kind: 'guest', id }).claims)
        .setProtectedHeader({ alg: accessTokenAlgorithm, kid: 'first' })
        .setSubject(id)
        .setIssuer(accessTokenIssuer)
        .setAudience(accessTokenAudience)
        .setIssuedAt()
        .setExpirationTime('5 minutes')
        .sign(privateKey)
    },
  }
}
