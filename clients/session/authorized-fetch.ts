import type { Account } from './account.ts'

/**
 * A `fetch` that carries the account's access token, and that tries once more with a new one where the graph answers
 * 401. An `authorization` header written in the editor wins: whoever writes one wants to see what it does.
 */
export const authorizedFetch =
  ({ account, fetch }: { account: Account; fetch: typeof window.fetch }): typeof window.fetch =>
  async (input, init) => {
    if (new Headers(init?.headers).has('authorization')) return fetch(input, init)

    const token = await account.accessToken()
    const response = await fetch(input, withToken(init, token))
    if (response.status !== 401 || token === null) return response

    const newToken = await account.renew(token)
    return newToken === null || newToken === token ? response : fetch(input, withToken(init, newToken))
  }

function withToken(init: RequestInit | undefined, token: string | null): RequestInit | undefined {
  if (token === null) return init
  const headers = new Headers(init?.headers)
  headers.set('authorization', `Bearer ${token}`)
  return { ...init, headers }
}
