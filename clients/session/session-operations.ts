import { z } from 'zod'

import { parseSessionResult, type SessionOutcome } from './session.ts'

export interface Credentials {
  email: string
  password: string
}

/** The four mutations that a session lives by, sent without the session's own token. */
export interface SessionOperations {
  startGuest(): Promise<SessionOutcome>
  /** With `guestToken`, the guest's cart becomes the user's. */
  signIn(credentials: Credentials & { guestToken: string | null }): Promise<SessionOutcome>
  refresh(refreshToken: string): Promise<SessionOutcome>
  signOut(refreshToken: string): Promise<void>
}

const fields = 'accessToken refreshToken expiresAt guestCartKept user { name email roles }'
const outcome = `... on Session { ${fields} } ... on Refusal { code message }`

const startGuestSession = `mutation StartGuestSession { result: startGuestSession { ${fields} } }`
const signIn = `mutation SignIn($input: SignInInput!) { result: signIn(input: $input) { ${outcome} } }`
const refreshSession = `mutation RefreshSession($refreshToken: String!) {
  result: refreshSession(refreshToken: $refreshToken) { ${outcome} }
}`
const signOut = `mutation SignOut($refreshToken: String!) { result: signOut(refreshToken: $refreshToken) }`

const graphqlResponse = z.object({
  data: z.object({ result: z.unknown() }).nullish(),
  errors: z.array(z.object({ message: z.string() })).optional(),
})

/** Sends the session mutations to the graph at `url`; rejects where it answers with `errors` or not at all. */
export function sessionOperations({ url, fetch }: { url: string; fetch: typeof window.fetch }): SessionOperations {
  const send = async (query: string, variables?: Record<string, unknown>): Promise<unknown> => {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/graphql-response+json, application/json' },
      body: JSON.stringify({ query, variables }),
    })
    const { data, errors } = graphqlResponse.parse(await response.json())
    const [firstError] = errors ?? []
    if (firstError) throw new Error(firstError.message)
    return data?.result
  }

  return {
    startGuest: async () => parseSessionResult(await send(startGuestSession)),
    signIn: async (input) => parseSessionResult(await send(signIn, { input })),
    refresh: async (refreshToken) => parseSessionResult(await send(refreshSession, { refreshToken })),
    signOut: async (refreshToken) => {
      await send(signOut, { refreshToken })
    },
  }
}
