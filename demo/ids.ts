import { createHash } from 'node:crypto'
import { crc32 } from 'node:zlib'
import { v7 } from 'uuid'

/** The day the purchase history begins: ids sort as if the shop had been filled then, item by item. */
export const shopOpened = Date.UTC(2010, 11, 1)

/**
 * An id of UUIDv7's shape that is the same on every machine: its time is the shop's opening plus `index` milliseconds,
 * its random bits come from a hash of kind and key.
 */
export function demoId(kind: string, key: string, index: number): string {
  return v7({ msecs: shopOpened + index, random: createHash('sha256').update(`${kind}:${key}`).digest() })
}

/** A fraction from 0 to just below 1 that looks random and depends on nothing but the key. */
export function fractionOf(key: string): number {
  return crc32(key) / 2 ** 32
}

/** The one of `choices` that the key picks, the same on every machine. */
export function pickedFor<Choice>(key: string, choices: readonly [Choice, ...Choice[]]): Choice {
  return choices[Math.floor(fractionOf(key) * choices.length)] ?? choices[0]
}
