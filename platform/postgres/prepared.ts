import { createHash } from 'node:crypto'

import type pg from 'pg'

/**
 * A statement that each connection parses and plans once: planning costs more than most of our statements do. Named by
 * its text, so the same text is the same statement; texts are constants of the stores, so there are few.
 */
export function prepared(text: string, values: readonly unknown[]): pg.QueryConfig {
  return { name: createHash('sha1').update(text).digest('base64url'), text, values: [...values] }
}
