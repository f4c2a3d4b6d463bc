import type { Queryable } from '../../../../platform/postgres/database.ts'

/** Flat arrays of numbers as the bytes of a column. Every platform that Node runs on keeps the lowest byte first. */
export function packedBytes(array: Uint32Array | Float32Array): Buffer {
  return Buffer.from(array.buffer, array.byteOffset, array.byteLength)
}

type PackedColumn = 'basket_starts' | 'basket_products' | 'weight_starts' | 'weight_products' | 'weights'

/**
 * Bytes read at once. A value that comes whole is there five times over: as it came in, as text, and as bytes; and what a process
 * needed once it seldom gives back.
 */
const partSize = 262_144

/** Reads the columns of one model. @returns undefined where there is no such model, or none any more */
export function packedColumns(queryable: Queryable, version: number) {
  async function lengthOf(column: PackedColumn): Promise<number | undefined> {
    const { rows } = await queryable.query<{ length: number }>(
      `select length(${column}) as length from model_run where version = $1`,
      [version],
    )
    return rows[0]?.length
  }

  async function partOf(column: PackedColumn, from: number): Promise<Buffer | undefined> {
    const { rows } = await queryable.query<{ part: Buffer }>(
      `select substring(${column} from $2 for $3) as part from model_run where version = $1`,
      [version, from + 1, partSize],
    )
    return rows[0]?.part
  }

  return async (column: PackedColumn): Promise<ArrayBuffer | undefined> => {
    const length = await lengthOf(column)
    if (length === undefined) return undefined
    const bytes = new Uint8Array(length)
    for (let from = 0; from < length; from += partSize) {
      const part = await partOf(column, from)
      if (part === undefined) return undefined
      bytes.set(part, from)
    }
    return bytes.buffer
  }
}
