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
