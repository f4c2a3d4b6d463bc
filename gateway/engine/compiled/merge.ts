import { isFields, setField, fieldOf, type Fields } from './fields.ts'

/** Adds to an object what was fetched of it. What only one of the two has is shared, not copied. */
export function merge(target: Fields, source: Fields): void {
  for (const name of Object.keys(source)) {
    const [had, added] = [fieldOf(target, name), source[name]]
    if (had === added) continue
    if (isFields(had) && isFields(added)) merge(had, added)
    else if (Array.isArray(had) && Array.isArray(added) && had.length === added.length) mergeLists(had, added)
    else setField(target, name, added)
  }
}

function mergeLists(target: unknown[], source: readonly unknown[]): void {
  for (const [at, added] of source.entries()) {
    const had = target[at]
    if (had === added) continue
    if (isFields(had) && isFields(added)) merge(had, added)
    else if (Array.isArray(had) && Array.isArray(added) && had.length === added.length) mergeLists(had, added)
    else target[at] = added
  }
}
