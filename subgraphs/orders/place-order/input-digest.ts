import { createHash } from 'node:crypto'

/**
 * Distinguishes one input from another, whatever its key; the same input always has the same one.
 * @param input with its fields in the order in which its parser names them
 */
export function digestOf({ idempotencyKey: _, ...input }: { readonly idempotencyKey: string }): string {
  return createHash('sha256').update(JSON.stringify(input)).digest('hex')
}
