/** What one place of an answer is made of. */
export interface Place {
  /** What the client calls the field by which messages name the entity; undefined where there is none, or it is not asked for. */
  readonly key: string | undefined
  /** The message that tells of changes of what stands there; undefined where that is part of what it stands on. */
  readonly message: string | undefined
  /** The messages that tell of changes of single fields of it. */
  readonly messages: readonly string[]
  /** By the client's names. */
  readonly inner: ReadonlyMap<string, Place>
}

/** What announces a change of a part of an answer: a message of a type and a key, or any message of the type. */
export type Part = string

export function partOf(message: string, key?: string): Part {
  return key === undefined ? message : `${message} ${key}`
}

/** The parts of which an answer is made, by its data. What it says is not there may come by any message of its type. */
export function partsIn(data: unknown, root: Place): ReadonlySet<Part> {
  const parts = new Set<Part>()

  function note(value: unknown, place: Place): void {
    if (Array.isArray(value)) {
      for (const each of value) note(each, place)
      return
    }
    const fields = fieldsIn(value)
    const id = place.key === undefined ? undefined : fields?.[place.key]
    const key = typeof id === 'string' ? id : undefined
    if (place.message !== undefined) parts.add(partOf(place.message, key))
    for (const message of place.messages) parts.add(partOf(message, key))
    if (fields === undefined) return
    for (const [name, inner] of place.inner) note(fields[name], inner)
  }

  note(data, root)
  return parts
}

function fieldsIn(value: unknown): Readonly<Record<string, unknown>> | undefined {
  return typeof value === 'object' && value !== null ? { ...value } : undefined
}

/** All messages that can tell of changes at a place, and below it. */
export function messagesOf(place: Place): Set<string> {
  const messages = new Set([...place.messages, ...(place.message === undefined ? [] : [place.message])])
  for (const inner of place.inner.values()) for (const message of messagesOf(inner)) messages.add(message)
  return messages
}
