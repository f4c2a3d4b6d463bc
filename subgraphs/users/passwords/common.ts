import { readFileSync } from 'node:fs'

/** The passwords that are guessed first, and the words they are made of; in lower case. */
export function readCommonPasswords(): ReadonlySet<string> {
  const text = readFileSync(new URL('./common-passwords.txt', import.meta.url), 'utf8')
  return new Set(text.split('\n').filter((line) => line !== '' && !line.startsWith('#')))
}
