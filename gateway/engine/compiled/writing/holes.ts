import type { Path } from '../../executor.ts'
import type { Sink } from './sink.ts'

/*
 * A hole is something that may not be null and is missing, or that is none of its type. Such are rare, so no path is kept on the way
 * down: a hole begins as an empty path, to which what holds a value with a hole adds its name for it, on the way up.
 */

/** An end that there is not: the value is lost, and known as a hole. What holds it is null, if that may be. */
export const isLost = -1

export function lost({ holes }: Sink): typeof isLost {
  holes.push([])
  return isLost
}

/** Adds a name to the paths of all holes but the first ones, which were known before. */
export function under(name: string | number, { holes }: Sink, known: number): void {
  for (let at = known; at < holes.length; at += 1) holes[at]?.push(name)
}

/** Their paths from the root down. */
export function pathsOf(holes: Sink['holes']): Path[] {
  return holes.map((hole) => hole.toReversed())
}
