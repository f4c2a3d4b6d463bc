import type { MakeFarewell } from '../greeting.ts'

const realm = 'Bearer realm="souk"'
const invalidToken = `${realm}, error="invalid_token", error_description="The access token is not valid, or has expired"`

/** Names with every 401 how to authenticate (RFC 6750): a client that has sent a token learns that it needs another one. */
export const challengeUnauthenticated: MakeFarewell = () => (request, status, headers) => {
  if (status !== 401) return
  const gaveToken = /^Bearer +\S/i.test(request.headers.authorization ?? '')
  headers['www-authenticate'] = gaveToken ? invalidToken : realm
}
