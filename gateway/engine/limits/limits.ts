import { refused, type RequestRefused } from '../../http/client-error.ts'

/** How much one operation may cost, each in units of its own; what each is for stands in `config.ts`. */
export interface Limits {
  readonly tokens: number
  readonly characters: number
  readonly depth: number
  readonly aliases: number
  readonly branches: number
  readonly rootFields: number
  readonly directives: number
  readonly selections: number
  readonly cost: number
  readonly variableValues: number
}

/** @param what the limit is of, such as "levels of fields" */
export function tooCostly(what: string, { limit, found }: { limit: number; found?: number }): RequestRefused {
  const has = found === undefined ? 'has more' : `has ${found}`
  return refused('DOCUMENT_TOO_COSTLY', `The operation may have at most ${limit} ${what}; this one ${has}.`)
}
