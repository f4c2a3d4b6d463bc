const token = /<(\/?)([a-zA-Z][\w]*)((?:\s+[\w:-]+="[^"<&]*")*)\s*(\/?)>|([^<]+)/gy

export interface Element {
  readonly name: string
  readonly attributes: readonly (readonly [name: string, value: string])[]
}

/**
 * Reads the XML that we write (elements, quoted attributes, text with entities), strictly: its elements in their order,
 * or what is wrong with it.
 */
export function readElements(xml: string): readonly Element[] | string {
  const elements: Element[] = []
  const open: string[] = []
  token.lastIndex = 0
  let at = 0
  for (const [whole, closing, name = '', written = '', selfClosing, text] of xml.matchAll(token)) {
    at += whole.length
    if (text !== undefined) {
      if (isStray(text, open)) return `stray text: ${text}`
    } else if (closing) {
      if (open.pop() !== name) return `</${name}> closes nothing`
    } else {
      const attributes = [...written.matchAll(/([\w:-]+)="([^"]*)"/g)].map(
        ([, key = '', value = '']) => [key, value] as const,
      )
      if (new Set(attributes.map(([key]) => key)).size !== attributes.length) return `<${name}> has an attribute twice`
      elements.push({ name, attributes })
      if (!selfClosing) open.push(name)
    }
  }
  if (at !== xml.length) return `unreadable from: ${xml.slice(at, at + 40)}`
  return open.length === 0 ? elements : `<${open.at(-1)}> is not closed`
}

/** White space may stand anywhere. */
function isStray(text: string, open: readonly string[]): boolean {
  if (text.trim() === '') return false
  return open.length === 0 || /&(?!(?:amp|lt|gt|quot);)|>/.test(text)
}

export function wellFormedness(xml: string): string {
  const read = readElements(xml)
  return typeof read === 'string' ? read : 'well-formed'
}
