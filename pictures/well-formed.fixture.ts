const token = /<(\/?)([a-zA-Z][\w]*)((?:\s+[\w:-]+="[^"<&]*")*)\s*(\/?)>|([^<]+)/gy

/** Reads the XML that we write (elements, quoted attributes, text with entities), strictly; says what is wrong with it. */
export function wellFormedness(xml: string): string {
  const open: string[] = []
  token.lastIndex = 0
  let at = 0
  for (const [whole, closing, name = '', attributes = '', selfClosing, text] of xml.matchAll(token)) {
    at += whole.length
    if (text !== undefined) {
      if (open.length === 0 || /&(?!(?:amp|lt|gt|quot);)|>/.test(text)) return `stray text: ${text}`
    } else if (closing) {
      if (open.pop() !== name) return `</${name}> closes nothing`
    } else {
      const names = [...attributes.matchAll(/([\w:-]+)="/g)].map(([, attribute]) => attribute)
      if (new Set(names).size !== names.length) return `<${name}> has an attribute twice`
      if (!selfClosing) open.push(name)
    }
  }
  if (at !== xml.length) return `unreadable from: ${xml.slice(at, at + 40)}`
  return open.length === 0 ? 'well-formed' : `<${open.at(-1)}> is not closed`
}
