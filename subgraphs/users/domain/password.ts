import { isSeen, isWellFormed } from '../../../contracts/text.ts'

const shortestPassword = 8
const longestPassword = 128

/** One password has one form, however a keyboard composed its accents. */
export function normalizePassword(password: string): string {
  return password.normalize('NFKC')
}

/** Why a normalised password will not do, whoever has it; undefined when it will. */
export function passwordProblem(password: string): string | undefined {
  // Code points: what a person would count, near enough, and the same everywhere.
  const { length } = Array.from(password)
  if (length < shortestPassword) return `The password needs ${shortestPassword} characters or more.`
  if (length > longestPassword) return `The password is longer than ${longestPassword} characters.`
  // Halves of a pair would all be hashed as one and the same character.
  if (!isWellFormed(password)) return 'The password holds half a character.'
  if (!isSeen(password)) return 'The password needs something that can be seen.'
  return undefined
}
