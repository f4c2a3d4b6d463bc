/** A request, as it is meant. */
export interface Request {
  readonly method: 'GET' | 'POST'
  /** With the query of the address. */
  readonly path: string
  /** By names in lower case, which are names of headers. */
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string
}

const isPlain = /^[\t\x20-\x7e]*$/
/** Characters of Latin-1, as which Node reads the bytes of headers; nothing that ends a line. */
const isValue = /^[\t\x20-\x7e\x80-\xff]*$/

/**
 * A request as it is sent.
 * @param host as the `host` header names it
 * @throws TypeError where the value of a header cannot be one
 */
export function messageOf({ method, path, headers, body }: Request, host: string): string | Buffer {
  let lines = ''
  let arePlain = true
  for (const [name, value] of Object.entries(headers)) {
    if (!isPlain.test(value)) {
      if (!isValue.test(value)) throw new TypeError(`the value of ${name} cannot be sent`)
      arePlain = false
    }
    lines += `${name}: ${value}\r\n`
  }
  const length = body === undefined ? '' : `content-length: ${Buffer.byteLength(body)}\r\n`
  const head = `${method} ${path} HTTP/1.1\r\nhost: ${host}\r\n${lines}${length}\r\n`
  return arePlain ? head + (body ?? '') : Buffer.concat([Buffer.from(head, 'latin1'), Buffer.from(body ?? '')])
}
