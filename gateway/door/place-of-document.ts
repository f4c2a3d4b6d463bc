/** Where a body has what may be its document: a string of JSON behind the name `query`, in bytes from the body's first. */
export interface Place {
  /** Of the quote before the name. */
  readonly name: number
  /** Of the quote before the document, and of what is behind the one after it. */
  readonly start: number
  readonly end: number
}

const named = Buffer.from('"query":"')
const quote = 0x22
const backslash = 0x5c

/** A variable may be called `query` too, and a document may hold strings. Beyond as many, a body is nobody's who saves by it. */
const mostNames = 4
const mostQuotes = 100

/**
 * Finds the first string of a length that is worth it. Looks for bytes and reads nothing, so it may be wrong: inside another string, or
 * inside an object.
 */
export function placeOfDocument(body: Buffer, shortest: number): Place | undefined {
  let name = body.indexOf(named)
  for (let tried = 0; name !== -1 && tried < mostNames; tried += 1) {
    const start = name + named.length - 1
    const end = endOfString(body, start)
    if (end === undefined) return undefined
    if (end - start >= shortest) return { name, start, end }
    name = body.indexOf(named, end)
  }
  return undefined
}

function endOfString(body: Buffer, start: number): number | undefined {
  let at = body.indexOf(quote, start + 1)
  for (let tried = 0; at !== -1 && tried < mostQuotes; tried += 1) {
    if (!isEscaped(body, at)) return at + 1
    at = body.indexOf(quote, at + 1)
  }
  return undefined
}

function isEscaped(body: Buffer, at: number): boolean {
  let before = at
  while (body[before - 1] === backslash) before -= 1
  return (at - before) % 2 === 1
}
