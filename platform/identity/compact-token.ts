/**
 * Whether a compact JWT is spelled as it was issued. base64url lets one signature be written in several ways (padding,
 * spare bits of the last character, another alphabet, spaces), and decoders take them all: then a token that is kept as
 * text, to be revoked or counted, has others beside it that are just as good.
 */
export function isCanonical(token: string): boolean {
  return token.split('.').every((part) => Buffer.from(part, 'base64url').toString('base64url') === part)
}
