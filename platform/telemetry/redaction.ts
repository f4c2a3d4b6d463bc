/** What a private value is shown as. */
export const redacted = '[redacted]'

/**
 * Fields whose value is written down nowhere, neither in a log nor for staff: what somebody signs in or pays with, and who
 * and where people are. The one list; whoever shows values of others asks it.
 */
export const privateFields = [
  ...['password', 'passwordHash', 'secret', 'authorization'],
  ...['accessToken', 'refreshToken', 'guestToken', 'paymentMethodToken', 'passport', 'privateKey'],
  ...['email', 'recipient', 'line1', 'line2', 'city', 'postcode', 'address', 'shippingAddress'],
] as const

const privateNames: ReadonlySet<string> = new Set(privateFields)

/**
 * Where people's data stands within a text: an e-mail address, a token of the payment provider. No slash before the @:
 * the path of a scoped package in a stack is nobody's address.
 */
const privateText = /[^\s@"'<>:,;()/]+@[^\s@"'<>:,;()]+\.[^\s@"'<>:,;()]+|\btok_\w+/g

export function redactText(text: string): string {
  return text.replaceAll(privateText, redacted)
}

/** The same value, with people's data left out at any depth of its objects and lists. Instances of classes stay as they are. */
export function redact(value: unknown): unknown {
  if (typeof value === 'string') return redactText(value)
  if (Array.isArray(value)) return value.map(redact)
  return isPlain(value) ? redactFields(value) : value
}

export function redactFields(value: object): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(value).map(([field, inner]) => [field, isPrivate(field) ? redacted : redact(inner)]),
  )
}

/** Whether a variable of the environment holds a secret: its name has a word that a private field ends in. */
export function isSecretVariable(name: string): boolean {
  return name.split('_').some((word) => secretWords.has(word))
}

const secretWords: ReadonlySet<string> = new Set(
  privateFields.map((field) => field.replace(/^.*(?=[A-Z])/, '').toUpperCase()),
)

function isPlain(value: unknown): value is object {
  if (typeof value !== 'object' || value === null) return false
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null
}

function isPrivate(field: string): boolean {
  return privateNames.has(field) || /address(?:es)?$/i.test(field)
}
