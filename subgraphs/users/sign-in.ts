import { userSignedUp } from '../../contracts/users.ts'
import { outgoing } from '../../platform/messaging/message.ts'
import type { Clock } from '../../platform/clock.ts'
import { SoukError } from '../../platform/errors.ts'
import { invalidInput, parseInput, refused, type InvalidInput, type Refused } from '../../platform/graphql/refusals.ts'
import type { AccessTokenVerifier } from '../../platform/identity/access-token.ts'
import type { NewId } from '../../platform/ids.ts'
import type { Database, Queryable } from '../../platform/postgres/database.ts'
import type { Account } from './domain.ts'
import { signInInput, signUpInput } from './graph/inputs.ts'
import { hashPassword, isPassword } from './passwords/hash.ts'
import type { Session, Sessions } from './sessions.ts'
import type { UsersStore } from './stores/store.ts'

type SessionAnswer = Session | Refused | InvalidInput

export interface SignIn {
  signUp(input: unknown): Promise<SessionAnswer>
  signIn(input: unknown): Promise<SessionAnswer>
}

export function createSignIn(parts: {
  readonly database: Database
  storeIn(queryable: Queryable): UsersStore
  readonly sessions: Sessions
  readonly verify: AccessTokenVerifier
  readonly clock: Clock
  readonly newId: NewId
  readonly commonPasswords: ReadonlySet<string>
  /** Accounts that get no session here. */
  isShutOut(account: Pick<Account, 'email'>): boolean
}): SignIn {
  const { database, storeIn, sessions, verify, clock, newId, isShutOut } = parts
  const newAccount = signUpInput(parts.commonPasswords)

  return {
    async signUp(raw) {
      const input = parseInput(newAccount, raw)
      if (!input.ok) return input.refusal
      const { email, name, password, guestToken } = input.value
      if (isShutOut({ email })) return invalidInput('email', 'This e-mail address is for demonstrations only.')
      const guest = await guestOf(guestToken, verify)
      if (!guest.ok) return guest.refusal
      // Before the transaction: it takes long, and would hold a connection meanwhile.
      const passwordHash = await hashPassword(password)
      const account: Account = { id: newId(), email, name, roles: ['SHOPPER'], createdAt: clock() }
      const opened = await database.transaction(async (transaction) => {
        if (!(await storeIn(transaction).addAccount({ ...account, passwordHash }))) return undefined
        const data = { userId: account.id, email, name }
        transaction.publish(outgoing(userSignedUp, { key: account.id, version: 1, data }))
        return sessions.open(transaction, { account, guestId: guest.id })
      })
      return opened === undefined
        ? refused('EMAIL_TAKEN', 'There is an account with this e-mail address already.')
        : sessions.signed(opened)
    },

    async signIn(raw) {
      const input = parseInput(signInInput, raw)
      if (!input.ok) return input.refusal
      const { email, password, guestToken } = input.value
      const guest = await guestOf(guestToken, verify)
      if (!guest.ok) return guest.refusal
      const found = isShutOut({ email }) ? undefined : await storeIn(database).accountByEmail(email)
      const right = await isPassword(password, found?.passwordHash)
      if (found === undefined || !right) return refused('WRONG_CREDENTIALS', 'The e-mail address or password is wrong.')
      const { account } = found
      return sessions.signed(
        await database.transaction((transaction) => sessions.open(transaction, { account, guestId: guest.id })),
      )
    },
  }
}

type Guest = { readonly ok: true; readonly id?: string } | { readonly ok: false; readonly refusal: InvalidInput }

/** The guest session that the token stands for, if one was sent. */
async function guestOf(guestToken: string | null | undefined, verify: AccessTokenVerifier): Promise<Guest> {
  if (guestToken === null || guestToken === undefined) return { ok: true }
  try {
    const viewer = await verify(guestToken)
    if (viewer.kind === 'guest') return { ok: true, id: viewer.id }
    return { ok: false, refusal: invalidInput('guestToken', 'This is not the access token of a guest.') }
  } catch (thrown) {
    if (!(thrown instanceof SoukError) || thrown.code !== 'UNAUTHENTICATED') throw thrown
    return { ok: false, refusal: invalidInput('guestToken', thrown.message) }
  }
}
