/** Crockford's base 32: no I, L, O or U, so that a number read aloud is not misheard. https://www.crockford.com/base32.html */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const bitsPerCharacter = 5n

/** How many random bytes a number is made of: 40 bits, 8 characters. */
export const orderNumberBytes = 5

/** Such as `SK-7ZQ4M0XT`: short enough for people, and not guessable from another's. */
export function orderNumber(random: Uint8Array): string {
  let bits = random.reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n)
  let characters = ''
  for (let left = (random.length * 8) / Number(bitsPerCharacter); left > 0; left -= 1) {
    characters = alphabet.charAt(Number(bits & 31n)) + characters
    bits >>= bitsPerCharacter
  }
  return `SK-${characters}`
}
