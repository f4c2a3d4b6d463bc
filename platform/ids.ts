import { v7 } from 'uuid'

/** Makes an id: a UUIDv7 (RFC 9562), so that ids sort by the time they were made. */
export type NewId = () => string

export const newUuid: NewId = () => v7()

const uuidPattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

/** Whether a client's id could name a row at all: a uuid column throws on anything else. */
export function isUuid(id: string): boolean {
  return uuidPattern.test(id)
}
