import { commonHeaders } from '../http/headers.ts'
import type { MakeGreeting } from '../greeting.ts'

/** Puts the headers on every answer that a browser's security, and nobody's cache, depends on. */
export const setCommonHeaders: MakeGreeting = () => (_request, headers) => {
  Object.assign(headers, commonHeaders)
  return undefined
}
