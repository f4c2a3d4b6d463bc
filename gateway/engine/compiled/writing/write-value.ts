import type { Sink } from './sink.ts'

/** Writes a value at a place; returns where it ends, or `isLost`. */
export type WriteValue = (sink: Sink, at: number, value: unknown) => number
