import { fieldOf, isInherited } from './fields.ts'

/**
 * Makes something of code that was written for one selection. The engine of JavaScript learns for each place in the code which
 * objects come by. Code that all selections share has met every shape of object, and looks each name up; code that one
 * selection has to itself knows where the field is, and takes half of the time or less.
 * @param code returns what is made. It has names of GraphQL, as strings of JSON, and numbers: all else comes by `given`
 */
export function generated<Made>(code: string, given: Readonly<Record<string, unknown>>): Made {
  // eslint-disable-next-line @typescript-eslint/no-implied-eval -- nothing in it is anybody's but names that were parsed
  const make = new Function(...Object.keys(given), 'fieldOf', `'use strict'\n${code}`)
  // What the code returns is what its writer, the caller, says it does.
  return Reflect.apply(make, undefined, [...Object.values(given), fieldOf]) as Made
}

/** Code that reads a field of an object, as `fieldOf` does. */
export function reading(object: string, name: string): string {
  const key = JSON.stringify(name)
  return isInherited(name) ? `fieldOf(${object}, ${key})` : `${object}[${key}]`
}
