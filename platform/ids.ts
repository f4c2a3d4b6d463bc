import { v7 } from 'uuid'

/** Makes an id: a UUIDv7 (RFC 9562), so that ids sort by the time they were made. */
export type NewId = () => string

export const newUuid: NewId = () => v7()

/** The nil UUID (RFC 9562, section 5.9): it names nothing, since no id is ever made so. */
export const nilUuid = '00000000-0000-0000-0000-000000000000'

const uuidPattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

/**
 * The one spelling of an id, in which stores keep it and we compare it: lower case (RFC 9562, section 4). Undefined for
 * what is no UUID, and so can name nothing; a uuid column would throw on it.
 */
export function parseId(given: unknown): string | undefined {
  return typeof given === 'string' && uuidPattern.test(given) ? given.toLowerCase() : undefined
}
