import { tooCostly, type Limits } from './limits.ts'

/**
 * A list in a variable costs as much as one in the document, which the tokens limit. Walks without calling itself: the
 * value is as deep as a client made it.
 * @throws RequestRefused
 */
export function limitVariables(variables: Readonly<Record<string, unknown>>, { variableValues: limit }: Limits): void {
  const open: unknown[] = [variables]
  for (let found = 0; open.length > 0;) {
    const value = open.pop()
    if (value === null || typeof value !== 'object') continue
    const inner: unknown[] = Object.values(value)
    found += inner.length
    if (found > limit) throw tooCostly('values in its variables', { limit })
    // One by one: a spread of as many arguments would be too many.
    for (const each of inner) open.push(each)
  }
}
