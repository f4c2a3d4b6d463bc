/** The fields of an object by name, each written as JSON in UTF-8, in their order. */
export type JsonFields = ReadonlyMap<string, Buffer>

export function jsonFieldsOf(object: Readonly<Record<string, unknown>>): JsonFields {
  return new Map(Object.entries(object).map(([name, value]) => [name, Buffer.from(JSON.stringify(value))]))
}

export function isNull(json: Buffer): boolean {
  return json.equals(nullJson)
}
const nullJson = Buffer.from('null')

/** The object as JSON, in parts. */
export function jsonParts(fields: JsonFields): Buffer[] {
  const parts = [...fields].flatMap(([name, value], index) => [
    Buffer.from(`${index === 0 ? '{' : ','}${JSON.stringify(name)}:`),
    value,
  ])
  return [...parts, Buffer.from(parts.length === 0 ? '{}' : '}')]
}

/** What it says. */
export function parsedFields(fields: JsonFields): Record<string, unknown> {
  // It is an object, since that is what `jsonParts` writes.
  return JSON.parse(Buffer.concat(jsonParts(fields)).toString()) as Record<string, unknown>
}
