import { SoukError } from '../../../platform/errors.ts'
import type { AttemptPolicy, Attempts, LimitAttempts } from '../../../platform/limits/attempts.ts'
import type { UsersConfig } from '../config.ts'

const second = 1_000
const minute = 60 * second
const hour = 60 * minute

/** Attempts on one account, from wherever, after which a network that fails pauses from its first failure on. */
const manyOnOneAccount = 100

/** A sign-in that was let in to be tried. */
export interface SignInAttempt {
  succeeded(): Promise<void>
  /** It was neither right nor wrong: something of ours failed. */
  withdrawn(): Promise<void>
}

/**
 * How often somebody may try, by the network that asks; where that is not known, by account alone. What is refused
 * throws a SoukError RATE_LIMITED. docs/decisions/0013 has the numbers and what they weigh.
 */
export interface UsersLimits {
  signIn(email: string, network: string | undefined): Promise<SignInAttempt>
  signUp(network: string | undefined): Promise<void>
  /** Sign-up shows whether there is an account; who asks that often is refused sign-ups altogether for a while. */
  emailTaken(network: string | undefined): Promise<void>
  newGuest(network: string | undefined): Promise<void>
  refreshToken(network: string | undefined): Promise<void>
}

export function createLimits(limitAttempts: LimitAttempts, config: UsersConfig): UsersLimits {
  const signIns = signInLimits(limitAttempts, config)
  const signUps = limitAttempts('sign-up', {
    free: config.SIGN_UPS_PER_ADDRESS,
    firstPause: 10 * second,
    longestPause: 10 * minute,
    forgottenAfter: hour,
  })
  const takenEmails = limitAttempts('taken e-mail', {
    free: config.TAKEN_EMAILS_PER_ADDRESS,
    firstPause: 10 * second,
    longestPause: 10 * minute,
    forgottenAfter: hour,
  })
  const short = { firstPause: second, longestPause: 30 * second, forgottenAfter: 10 * minute }
  const guests = limitAttempts('guest', { free: config.GUESTS_PER_ADDRESS, ...short })
  const tokens = limitAttempts('refresh token', { free: config.REFRESHES_PER_ADDRESS, ...short })

  return {
    signIn: signIns,
    async signUp(network) {
      if (network === undefined) return
      const pause = await takenEmails.pauseOf(network)
      if (pause > 0) throw limited(pause)
      await begin(signUps, network)
    },
    emailTaken: (network) => begin(takenEmails, network),
    newGuest: (network) => begin(guests, network),
    refreshToken: (network) => begin(tokens, network),
  }
}

/**
 * Guesses are counted by account and network together, so that nobody locks anybody else out. An account that is tried
 * from many networks makes each of them pause sooner, but takes no attempt away from any. A network is counted over all
 * accounts too, and its count is not reset by a success: an account of one's own buys no guesses at others.
 */
function signInLimits(limitAttempts: LimitAttempts, config: UsersConfig): UsersLimits['signIn'] {
  const perPair: AttemptPolicy = {
    free: config.SIGN_IN_TRIES,
    firstPause: 2 * second,
    longestPause: 15 * minute,
    forgottenAfter: 24 * hour,
  }
  const pairs = limitAttempts('sign-in of account and network', perPair)
  const accounts = limitAttempts('sign-in of account', { ...perPair, free: Number.MAX_SAFE_INTEGER })
  const networks = limitAttempts('sign-in of network', {
    free: config.SIGN_IN_FAILURES_PER_ADDRESS,
    firstPause: second,
    longestPause: minute,
    forgottenAfter: 10 * minute,
  })

  return async (email, network) => {
    const pair = `${email} ${network ?? ''}`
    await begin(networks, network)
    const onAccount = await accounts.begin(email)
    const isTriedByMany = onAccount.kind === 'GRANTED' && onAccount.count > Math.max(manyOnOneAccount, perPair.free)
    const attempt = await pairs.begin(pair, isTriedByMany ? 0 : undefined)
    const forgiveNetwork = () => (network === undefined ? undefined : networks.forgive(network))
    if (attempt.kind === 'TOO_EARLY') {
      await Promise.all([accounts.forgive(email), forgiveNetwork()])
      throw limited(attempt.wait)
    }
    return {
      async succeeded() {
        await Promise.all([pairs.forget(pair), accounts.forget(email), forgiveNetwork()])
      },
      async withdrawn() {
        await Promise.all([pairs.forgive(pair), accounts.forgive(email), forgiveNetwork()])
      },
    }
  }
}

async function begin(attempts: Attempts, network: string | undefined): Promise<void> {
  if (network === undefined) return
  const attempt = await attempts.begin(network)
  if (attempt.kind === 'TOO_EARLY') throw limited(attempt.wait)
}

function limited(wait: number): SoukError {
  const retryAfter = Math.ceil(wait / second)
  return new SoukError('RATE_LIMITED', `Too many attempts. Try again in ${retryAfter} s.`, { retryAfter })
}
