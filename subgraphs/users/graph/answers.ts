import type { RefusalCode } from '../../../contracts/graph/generated.ts'
import { invalidInput, refused, type InvalidInput, type Refused } from '../../../platform/graphql/refusals.ts'
import type { Added } from '../addresses.ts'
import { mostAddresses } from '../domain/address.ts'
import type { Session } from '../sessions/session.ts'
import type { Refreshed } from '../sessions/sessions.ts'
import type { SignedIn, SignedUp } from '../sign-in.ts'
import type { AddressModel, UserModel } from './models.ts'

/** The outcomes of the use cases, as the graph words them. */

interface SessionAnswer {
  readonly __typename: 'Session'
  readonly accessToken: string
  readonly refreshToken: string
  readonly expiresAt: Date
  readonly user: UserModel | null
  readonly guestCartKept: boolean | null
}

export function sessionAnswer({ account, guestCartKept, ...tokens }: Session): SessionAnswer {
  const user: UserModel | null = account === undefined ? null : { ...account, proven: true }
  return { __typename: 'Session', ...tokens, user, guestCartKept: guestCartKept ?? null }
}

const weaknesses = {
  COMMON: 'The password is one of the common ones, which are guessed first.',
  OWN_NAME: 'The password is close to your name or e-mail address, which is guessed first.',
}

export function signUpAnswer(outcome: SignedUp): SessionAnswer | Refused<RefusalCode> | InvalidInput {
  switch (outcome.kind) {
    case 'SIGNED_UP':
      return sessionAnswer(outcome.session)
    case 'EMAIL_TAKEN':
      return refused('EMAIL_TAKEN', 'There is an account with this e-mail address already.')
    case 'DEMO_EMAIL':
      return invalidInput('email', 'This e-mail address is for demonstrations only.')
    case 'WEAK_PASSWORD':
      return invalidInput('password', weaknesses[outcome.weakness])
  }
}

export function signInAnswer(outcome: SignedIn): SessionAnswer | Refused<RefusalCode> {
  return outcome.kind === 'SIGNED_IN'
    ? sessionAnswer(outcome.session)
    : refused('WRONG_CREDENTIALS', 'The e-mail address or password is wrong.')
}

export function refreshAnswer(outcome: Refreshed): SessionAnswer | Refused<RefusalCode> {
  return outcome.kind === 'REFRESHED'
    ? sessionAnswer(outcome.session)
    : refused('SESSION_EXPIRED', 'This session has ended. Sign in again.')
}

export function addressAnswer(
  outcome: Added,
): (AddressModel & { readonly __typename: 'Address' }) | Refused<RefusalCode> {
  return outcome.kind === 'ADDED'
    ? { __typename: 'Address', ...outcome.address }
    : refused('QUANTITY_LIMIT', `You have ${mostAddresses} addresses, the most there can be. Remove one first.`)
}
