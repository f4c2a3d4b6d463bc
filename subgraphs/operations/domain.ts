const redacted = '[redacted]'

/** Fields whose value is nobody's business, whatever message they are in. */
const privateFields: ReadonlySet<string> = new Set([
  'email',
  'recipient',
  'line1',
  'line2',
  'city',
  'postcode',
  'paymentMethodToken',
  'password',
  'passwordHash',
  'accessToken',
  'refreshToken',
  'guestToken',
])

/** Where people's data stands within a text: an e-mail address, a token of the payment provider. */
const privateText = /[^\s@"'<>:,;()]+@[^\s@"'<>:,;()]+\.[^\s@"'<>:,;()]+|\btok_\w+/g

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

function isPrivate(field: string): boolean {
  return privateFields.has(field) || /address(?:es)?$/i.test(field)
}
