import { userSignedUp } from '../../contracts/users.ts'
import type { Clock } from '../../platform/clock.ts'
import { SoukError } from '../../platform/errors.ts'
import type { AccessTokenVerifier } from '../../platform/identity/access-token.ts'
import type { NewId } from '../../platform/ids.ts'
import { outgoing } from '../../platform/messaging/message.ts'
import type { Database } from '../../platform/messaging/database.ts'
import type { Account } from './domain/account.ts'
import type { UsersLimits } from './limits/limits.ts'
import type { Passwords } from './passwords/hash.ts'
import type { JudgePassword, Weakness } from './passwords/strength.ts'
import type { Session } from './sessions/session.ts'
import type { Sessions } from './sessions/sessions.ts'
import type { UsersStore } from './stores/store.ts'

/** E-mail address and password as they are kept: in their one form. */
export interface Credentials {
  readonly email: string
  readonly password: string
  /** Of the guest session whose cart is to come along. */
  readonly guestToken?: string | null | undefined
}

export interface NewUser extends Credentials {
  readonly name: string
}

export type SignedUp =
  | { readonly kind: 'SIGNED_UP'; readonly session: Session }
  | { readonly kind: 'EMAIL_TAKEN' | 'DEMO_EMAIL' }
  | { readonly kind: 'WEAK_PASSWORD'; readonly weakness: Weakness }

export type SignedIn =
  { readonly kind: 'SIGNED_IN'; readonly session: Session } | { readonly kind: 'WRONG_CREDENTIALS' }

/** @throws SoukError RATE_LIMITED when it is tried too often; `network` is where from, if that is known */
export interface SignIn {
  signUp(input: NewUser, network: string | undefined): Promise<SignedUp>
  signIn(input: Credentials, network: string | undefined): Promise<SignedIn>
}

interface SignInParts {
  readonly database: Database<UsersStore>
  readonly sessions: Sessions
  readonly verify: AccessTokenVerifier
  readonly clock: Clock
  readonly newId: NewId
  readonly passwords: Passwords
  readonly judge: JudgePassword
  readonly limits: UsersLimits
  /** Accounts that get no session here. */
  isShutOut(account: Pick<Account, 'email'>): boolean
}

export function createSignIn(parts: SignInParts): SignIn {
  const { database, sessions, verify, clock, newId, passwords, judge, limits, isShutOut } = parts
  return {
    async signUp({ email, name, password, guestToken }, network) {
      if (isShutOut({ email })) return { kind: 'DEMO_EMAIL' }
      await limits.signUp(network)
      const weakness = await judge(password, { email, name })
      if (weakness !== undefined) return { kind: 'WEAK_PASSWORD', weakness }
      const guestId = await guestOf(guestToken, verify)
      // Before the transaction: it takes long, and would hold a connection meanwhile.
      const passwordHash = await passwords.hash(password)
      const account: Account = { id: newId(), email, name, roles: ['SHOPPER'], createdAt: clock() }
      const opened = await database.transaction(async (transaction) => {
        if (!(await transaction.store.addAccount({ ...account, passwordHash }))) return undefined
        const data = { userId: account.id, email, name }
        transaction.publish(outgoing(userSignedUp, { key: account.id, version: 1, data }))
        return sessions.open(transaction, { account, guestId })
      })
      if (opened !== undefined) return { kind: 'SIGNED_UP', session: await sessions.signed(opened) }
      await limits.emailTaken(network)
      return { kind: 'EMAIL_TAKEN' }
    },

    async signIn({ email, password, guestToken }, network) {
      const attempt = await limits.signIn(email, network)
      const account = await provenAccount({ email, password }, parts).catch(async (failure: unknown) => {
        await attempt.withdrawn()
        throw failure
      })
      if (account === undefined) return { kind: 'WRONG_CREDENTIALS' }
      await attempt.succeeded()
      const guestId = await guestOf(guestToken, verify)
      const opened = await database.transaction((transaction) => sessions.open(transaction, { account, guestId }))
      return { kind: 'SIGNED_IN', session: await sessions.signed(opened) }
    },
  }
}

/** The account that has this e-mail address and password; an unknown address costs what a wrong password does. */
async function provenAccount(
  { email, password }: Credentials,
  { database, passwords, isShutOut }: SignInParts,
): Promise<Account | undefined> {
  const found = isShutOut({ email }) ? undefined : await database.store.accountByEmail(email)
  const right = await passwords.matches(password, found?.passwordHash)
  return right ? found?.account : undefined
}

/**
 * The guest that the token stands for. A token that is good for nothing must not keep anybody from coming in: null then,
 * and undefined when there was none.
 */
async function guestOf(
  guestToken: string | null | undefined,
  verify: AccessTokenVerifier,
): Promise<string | null | undefined> {
  if (guestToken === null || guestToken === undefined) return undefined
  try {
    const viewer = await verify(guestToken)
    return viewer.kind === 'guest' ? viewer.id : null
  } catch (failure) {
    if (failure instanceof SoukError && failure.code === 'UNAUTHENTICATED') return null
    throw failure
  }
}
