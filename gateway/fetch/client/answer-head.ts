/** The head of an answer, as far as anybody wants to know. */
export interface AnswerHead {
  readonly status: number
  /** In lower case; empty where there is none. */
  readonly type: string
  /** How it is known where the body ends: so many bytes, the last of its chunks, or the end of the connection. */
  readonly body: number | 'chunked' | 'until the end'
  /** Whether no other answer follows on its connection. */
  readonly isLast: boolean
  /** Milliseconds for which the server keeps the connection while nothing is asked on it; undefined where it does not say. */
  readonly keptFor: number | undefined
}

/** What came is no answer of HTTP/1.1, or one that is not read. */
export class UnreadableAnswer extends Error {
  override readonly name = 'UnreadableAnswer'
  readonly isTooLarge: boolean

  constructor(message: string, { isTooLarge = false } = {}) {
    super(message)
    this.isTooLarge = isTooLarge
  }
}

/** Of RFC 9112, without what is left of older ones: folded lines, and ends of lines that are half. */
const wellFormed =
  /^HTTP\/1\.[01] [1-9]\d\d(?: [\t\x20-\x7e\x80-\xff]*)?(?:\r\n[!#$%&'*+.^_`|~\w-]+:[\t\x20-\x7e\x80-\xff]*)*$/

/** @param text without the empty line at its end @throws UnreadableAnswer */
export function answerHead(text: string): AnswerHead {
  if (!wellFormed.test(text)) throw new UnreadableAnswer('its answer does not begin as HTTP/1.1 does')
  const lower = text.toLowerCase()
  const status = Number(lower.slice(9, 12))
  const body = bodyOf(status, lower)
  return {
    status,
    body,
    type: valuesOf(lower, 'content-type')[0] ?? '',
    isLast: body === 'until the end' || isLast(lower),
    keptFor: keptFor(lower),
  }
}

/** RFC 9112, 6.3. An answer that says both how long it is and that it is chunked may be read in two ways, and so is not read. */
function bodyOf(status: number, lower: string): AnswerHead['body'] {
  if (status < 200 || status === 204 || status === 304) return 0
  const encodings = valuesOf(lower, 'transfer-encoding')
  const lengths = valuesOf(lower, 'content-length')
  if (encodings.length > 0) {
    if (encodings.join() !== 'chunked' || lengths.length > 0)
      throw new UnreadableAnswer('the end of its answer is not known')
    return 'chunked'
  }
  const [length] = lengths
  if (length === undefined) return 'until the end'
  if (!/^\d{1,15}$/.test(length) || lengths.some((other) => other !== length)) {
    throw new UnreadableAnswer('the length of its answer is no number')
  }
  return Number(length)
}

/** An answer of HTTP/1.0 is the last one, unless it says otherwise. */
function isLast(lower: string): boolean {
  const options = valuesOf(lower, 'connection').flatMap((value) => value.split(/[\t ]*,[\t ]*/))
  return options.includes('close') || (lower.startsWith('http/1.0') && !options.includes('keep-alive'))
}

function keptFor(lower: string): number | undefined {
  const [, seconds] = /(?:^|[,; ])timeout=(\d{1,6})\b/.exec(valuesOf(lower, 'keep-alive')[0] ?? '') ?? []
  return seconds === undefined ? undefined : Number(seconds) * 1_000
}

/** All values of a header, in lower case. */
function valuesOf(lower: string, name: string): string[] {
  const values: string[] = []
  const line = `\r\n${name}:`
  for (let at = lower.indexOf(line); at >= 0; at = lower.indexOf(line, at + 1)) {
    const from = at + line.length
    const to = lower.indexOf('\r\n', from)
    values.push(lower.slice(from, to < 0 ? undefined : to).trim())
  }
  return values
}
