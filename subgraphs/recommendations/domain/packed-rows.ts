/**
 * Lists of small numbers in two flat arrays (compressed sparse rows): row `r` is `values[starts[r]]` up to, without,
 * `values[starts[r + 1]]`. A tenth of the memory of nested arrays, and it moves between threads without being copied.
 */
export interface PackedRows {
  readonly starts: Uint32Array
  readonly values: Uint32Array
}

/** The element at `index`; throws where there is none, since a typed array would quietly say `undefined`. */
export function at(array: Uint32Array | Uint16Array | Float64Array | Float32Array, index: number): number {
  const value = array[index]
  if (value === undefined) throw new RangeError(`no element ${index} among ${array.length}`)
  return value
}

export function rowCountOf({ starts }: { readonly starts: Uint32Array }): number {
  return starts.length - 1
}

/** A view, not a copy. */
export function rowOf({ starts, values }: PackedRows, row: number): Uint32Array {
  return values.subarray(at(starts, row), at(starts, row + 1))
}

export function packRows(rows: readonly (readonly number[])[]): PackedRows {
  const starts = new Uint32Array(rows.length + 1)
  let length = 0
  for (const [row, values] of rows.entries()) {
    length += values.length
    starts[row + 1] = length
  }
  const values = new Uint32Array(length)
  for (const [row, each] of rows.entries()) values.set(each, at(starts, row))
  return { starts, values }
}
