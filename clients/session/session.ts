import { z } from 'zod'

const user = z.object({ name: z.string(), email: z.string(), roles: z.array(z.string()) })

const tokens = { accessToken: z.string(), refreshToken: z.string(), expiresAt: z.string() }

const visitorSession = z.object({ kind: z.literal('visitor') })
const guestSession = z.object({ kind: z.literal('guest'), ...tokens })
const userSession = z.object({ kind: z.literal('user'), ...tokens, user })

/** Who browses. A visitor has no token. */
const session = z.discriminatedUnion('kind', [visitorSession, guestSession, userSession])

export type Session = z.infer<typeof session>

export const visitor: Session = { kind: 'visitor' }

/** What the graph calls a Session: `user` is null for guests. */
const grantedSession = z.object({ ...tokens, user: user.nullable(), guestCartKept: z.boolean().nullish() })

const refusal = z.object({ code: z.string(), message: z.string() })

const sessionResult = z.union([grantedSession, refusal])

/** The graph's answer to a sign-in: a session, perhaps with something to tell of it, or the reason why not. */
export type SessionOutcome = { session: Session; notice?: string } | { refused: string }

/** Reads a `Session` or `SessionResult` of the graph; throws where it is neither. */
export function parseSessionResult(value: unknown): SessionOutcome {
  const result = sessionResult.parse(value)
  if ('code' in result) return { refused: result.message }
  const { user: owner, guestCartKept, ...granted } = result
  if (owner === null) return { session: { kind: 'guest', ...granted } }
  const kept = { session: { kind: 'user' as const, ...granted, user: owner } }
  return guestCartKept === false ? { ...kept, notice: 'The cart of before could not be kept.' } : kept
}

/** Reads what `JSON.stringify` wrote of a session; anything else is a visitor. */
export function parseStoredSession(text: string | null): Session {
  if (text === null) return visitor
  try {
    return session.parse(JSON.parse(text))
  } catch {
    // Written by an earlier version of this page, or by hand: all that is lost is a sign-in.
    return visitor
  }
}
