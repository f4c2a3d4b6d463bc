import { LRUCache } from 'lru-cache'

import type { Change } from './changes.ts'
import { partOf, type Part } from './parts.ts'

/** What is kept of an answer, and what it is made of. */
export interface Kept<Value> {
  readonly value: Value
  readonly parts: ReadonlySet<Part>
  /** Bytes. */
  readonly size: number
  /** Milliseconds after which it is not given any more, whatever is announced. */
  readonly age: number
}

/** Answers by a key, bounded by bytes, and dropped when something changes that they are made of. */
export interface KeptAnswers<Value> {
  get(key: string): Value | undefined
  keep(key: string, kept: Kept<Value>): void
  drop(change: Change): void
  clear(): void
  readonly count: number
}

/** One answer is not to push out all others. */
const largestShare = 1 / 16
/** Bytes that an entry of the indexes takes, about. */
const overhead = 200

export function keptAnswers<Value>({ bytes }: { readonly bytes: number }): KeptAnswers<Value> {
  const keysOf = new Map<Part, Set<string>>()
  /** The parts of one message's type, so that all of them can be dropped. */
  const partsOf = new Map<string, Set<Part>>()
  const answers = new LRUCache<string, Kept<Value>>({
    maxSize: bytes,
    maxEntrySize: Math.ceil(bytes * largestShare),
    sizeCalculation: ({ size, parts }, key) => size + 2 * key.length + overhead * (1 + parts.size),
    dispose: ({ parts }, key) => forgetParts(key, parts),
  })

  function forgetParts(key: string, parts: ReadonlySet<Part>): void {
    for (const part of parts) {
      const keys = keysOf.get(part)
      keys?.delete(key)
      if (keys?.size !== 0) continue
      keysOf.delete(part)
      const message = messageIn(part)
      const siblings = partsOf.get(message)
      siblings?.delete(part)
      if (siblings?.size === 0) partsOf.delete(message)
    }
  }

  function dropPart(part: Part): void {
    for (const key of [...(keysOf.get(part) ?? [])]) answers.delete(key)
  }

  return {
    get: (key) => answers.get(key)?.value,
    keep(key, kept) {
      answers.set(key, kept, { ttl: kept.age })
      if (answers.peek(key) !== kept) return
      for (const part of kept.parts) {
        indexed(keysOf, part).add(key)
        indexed(partsOf, messageIn(part)).add(part)
      }
    },
    drop({ message, key }) {
      if (key === undefined) for (const part of [...(partsOf.get(message) ?? [])]) dropPart(part)
      else {
        dropPart(message)
        dropPart(partOf(message, key))
      }
    },
    clear: () => answers.clear(),
    get count() {
      return answers.size
    },
  }
}

function indexed<Member>(index: Map<string, Set<Member>>, name: string): Set<Member> {
  const known = index.get(name)
  if (known !== undefined) return known
  const made = new Set<Member>()
  index.set(name, made)
  return made
}

/** The type of a message has no space in it. */
function messageIn(part: Part): string {
  return part.split(' ', 1)[0] ?? part
}
