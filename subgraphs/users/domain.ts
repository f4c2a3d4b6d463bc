export type Role = 'SHOPPER' | 'STAFF' | 'ADMIN'

export interface Account {
  readonly id: string
  readonly email: string
  readonly name: string
  readonly roles: readonly Role[]
  readonly createdAt: Date
}

/** Of a user's addresses one is the default, as long as there is any. */
export interface Address {
  readonly id: string
  readonly userId: string
  readonly recipient: string
  readonly line1: string
  readonly line2?: string | undefined
  readonly city: string
  readonly postcode: string
  readonly country: string
  readonly isDefault: boolean
  readonly createdAt: Date
}

export const mostAddresses = 20

/** One sign-in and all that is refreshed from it. */
export interface TokenFamily {
  readonly id: string
  readonly userId: string
  /** The guest session it came from. */
  readonly guestId?: string | undefined
  readonly expiresAt: Date
  readonly ended: boolean
}

/** A refresh token that somebody presents, as it is known. */
export interface KnownToken {
  readonly used: boolean
  readonly family: TokenFamily
}

export type RefreshDecision =
  | { readonly kind: 'ROTATE'; readonly family: TokenFamily }
  /** Used before: either its owner or a thief holds a copy, and nobody can tell which. */
  | { readonly kind: 'END_FAMILY'; readonly family: TokenFamily }
  | { readonly kind: 'REFUSE' }

/** What becomes of a refresh token that is presented. */
export function decideRefresh(token: KnownToken | undefined, now: Date): RefreshDecision {
  if (token === undefined || token.family.ended) return { kind: 'REFUSE' }
  if (token.used) return { kind: 'END_FAMILY', family: token.family }
  return isAlive(token.family, now) ? { kind: 'ROTATE', family: token.family } : { kind: 'REFUSE' }
}

export function isAlive({ ended, expiresAt }: TokenFamily, now: Date): boolean {
  return !ended && expiresAt > now
}

/** Which address becomes the default once `removed` is gone; `remaining` is sorted oldest first. */
export function nextDefault(removed: Address, remaining: readonly Address[]): Address | undefined {
  return removed.isDefault ? remaining[0] : undefined
}

/** Accounts that everybody knows the password of; good for a demonstration only. */
export function isDemoAccount(email: string): boolean {
  return email.endsWith('@souk.test')
}

const shortestPassword = 8
const longestPassword = 128

/** One password has one form, however a keyboard composed its accents. */
export function normalizePassword(password: string): string {
  return password.normalize('NFKC')
}

/** Why a normalised password will not do; undefined when it will. */
export function passwordProblem(password: string, common: ReadonlySet<string>): string | undefined {
  // Code points: what a person would count, near enough, and the same everywhere.
  const { length } = Array.from(password)
  if (length < shortestPassword) return `The password needs ${shortestPassword} characters or more.`
  if (length > longestPassword) return `The password is longer than ${longestPassword} characters.`
  if (isCommon(password, common)) return 'The password is one of the common ones, which are guessed first.'
  return undefined
}

const lookalikes = [
  ['0', 'o'],
  ['3', 'e'],
  ['4', 'a'],
  ['@', 'a'],
  ['5', 's'],
  ['$', 's'],
  ['7', 't'],
] as const

/** As guessed: letter case, look-alikes and a few digits or marks at the end hide nothing. */
function isCommon(password: string, common: ReadonlySet<string>): boolean {
  const lower = password.toLowerCase()
  const stem = lower.replace(/[\d!?.*#@$]{1,4}$/, '')
  return [lower, stem].some((form) =>
    [form, spelledOut(form, 'i'), spelledOut(form, 'l')].some((word) => common.has(word)),
  )
}

/** @param one what a 1 stands for, which may be either */
function spelledOut(form: string, one: 'i' | 'l'): string {
  const letters = form.replaceAll(/[1!]/g, one)
  return lookalikes.reduce((text, [sign, letter]) => text.replaceAll(sign, letter), letters)
}
