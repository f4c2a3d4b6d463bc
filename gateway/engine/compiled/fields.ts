/** An object as a subgraph sent it, under the names by which it was asked. */
export type Fields = Record<string, unknown>

export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Names that every object inherits, such as `constructor`: what is read of them may be no field. */
const inherited: ReadonlySet<string> = new Set(Object.getOwnPropertyNames(Object.prototype))

export function isInherited(name: string): boolean {
  return inherited.has(name)
}

/** A field that was sent; never what every object inherits: functions, and one object. */
export function fieldOf(object: Fields, name: string): unknown {
  const value = object[name]
  return (typeof value === 'function' || name === '__proto__') && !Object.hasOwn(object, name) ? undefined : value
}

export type ReadField = (object: Fields) => unknown

/** `fieldOf` of one name, which is looked at once. */
export function readingField(name: string): ReadField {
  return isInherited(name) ? (object) => fieldOf(object, name) : (object) => object[name]
}

/** Unlike an assignment, this makes a field of `__proto__` too. */
export function setField(object: Fields, name: string, value: unknown): void {
  if (name === '__proto__')
    Object.defineProperty(object, name, { value, enumerable: true, configurable: true, writable: true })
  else object[name] = value
}
