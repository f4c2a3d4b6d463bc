/** What a private value is shown as. */
export const redacted = '[redacted]'

/**
 * Fields whose value is written down nowhere, neither in a log nor for staff: what somebody signs in or pays with, and who
 * and where people are. The one list; whoever shows values of others asks it.
 */
const privateFields = [
  ...['password', 'passwordHash', 'secret', 'authorization'],
  ...['accessToken', 'refreshToken', 'guestToken', 'paymentMethodToken', 'passport', 'privateKey'],
  ...['email', 'recipient', 'line1', 'line2', 'city', 'postcode', 'address', 'shippingAddress'],
] as const

const privateNames: ReadonlySet<string> = new Set(privateFields)

/** Where people's data stands within a text: an e-mail address, a token of the payment provider. */
const privateText = /[^\s@"'<>:,;()]+@[^\s@"'<>:,;()]+\.[^\s@"'<>:,;()]+|\btok_\w+/g

/** As the logger takes them: a field of the line itself, or of an object in it. */
export const redactedPaths: readonly string[] = privateFields.flatMap((field) => [field, `*.${field}`])

export function redactText(text: string): string {
  return text.replaceAll(privateText, redacted)
}

/** The same value, with people's data left out at any depth. */
export function redact(value: unknown): unknown {
  if (typeof value === 'string') return redactText(value)
  if (Array.isArray(value)) return value.map(redact)
  if (typeof value !== 'object' || value === null) return value
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

function isPrivate(field: string): boolean {
  return privateNames.has(field) || /address(?:es)?$/i.test(field)
}
