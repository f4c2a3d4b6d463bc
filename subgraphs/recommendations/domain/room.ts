/**
 * Room to add up numbers in, kept from one use to the next, since to be given it and to give it back costs more than to use it. Who asks
 * again has done with it.
 * @returns as many zeros as are asked for
 */
export type Room = (length: number) => Float64Array

export function room(): Room {
  let kept = new Float64Array()
  return (length) => {
    if (kept.length === length) return kept.fill(0)
    kept = new Float64Array(length)
    return kept
  }
}
