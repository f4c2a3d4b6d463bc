/** An object as a subgraph sent it, under the names by which it was asked. */
export type Fields = Record<string, unknown>

export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** A field that was sent; never what every object inherits, such as `constructor`. */
export function fieldOf(object: Fields, name: string): unknown {
  return Object.hasOwn(object, name) ? object[name] : undefined
}

/** Unlike an assignment, this makes a field of `__proto__` too. */
export function setField(object: Fields, name: string, value: unknown): void {
  if (name === '__proto__')
    Object.defineProperty(object, name, { value, enumerable: true, configurable: true, writable: true })
  else object[name] = value
}
