import { createHash } from 'node:crypto'

import type pg from 'pg'

/** By text. The texts are constants of the stores, so there are few. */
const names = new Map<string, string>()

/**
 * A statement that each connection parses and plans once: planning costs more than most of our statements do. Named by
 * its text, so the same text is the same statement.
 */
export function prepared(text: string, values: readonly unknown[]): pg.QueryConfig {
  return { name: nameOf(text), text, values: [...values] }
}

function nameOf(text: string): string {
  const known = names.get(text)
  if (known !== undefined) return known
  const name = createHash('sha1').update(text).digest('base64url')
  names.set(text, name)
  return name
}
