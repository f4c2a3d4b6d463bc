/** Flat arrays of numbers as the bytes of a column. Every platform that Node runs on keeps the lowest byte first. */
export function packedBytes(array: Uint32Array | Float32Array): Buffer {
  return Buffer.from(array.buffer, array.byteOffset, array.byteLength)
}

export function integersFrom(bytes: Buffer): Uint32Array {
  return new Uint32Array(alignedCopy(bytes))
}

export function floatsFrom(bytes: Buffer): Float32Array {
  return new Float32Array(alignedCopy(bytes))
}

/** A buffer begins anywhere in its memory, and an array of numbers only at a multiple of four. */
function alignedCopy(bytes: Buffer): ArrayBuffer {
  const copy = new ArrayBuffer(bytes.byteLength)
  new Uint8Array(copy).set(bytes)
  return copy
}
