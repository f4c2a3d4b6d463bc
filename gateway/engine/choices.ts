import { LRUCache } from 'lru-cache'

import type { Variables } from './client-document.ts'

interface Conditional {
  /** Variables that `@skip` and `@include` read, wherever they stand. */
  readonly conditionVariables: readonly string[]
}

/** Says that what is made takes so many bytes more: while it is made, or later, as it grows. */
export type Grow = (bytes: number) => void

interface ChoicesParts<Operation, Made> {
  /** What is kept at the most, of all operations together. */
  readonly bytes: number
  make(operation: Operation, values: Variables, grow: Grow): Made
}

/** Names one choice of an operation, and holds on to nothing of it. */
interface Choice {
  readonly name: string
  readonly among: WeakRef<Map<string, unknown>>
}

interface Kept<Made> {
  readonly choice: Choice
  readonly made: Made
}

/** What a choice takes beside what is said of it, by measurement. */
const bytesOfChoice = 600

/**
 * Makes something of an operation once for each choice of what `@skip` and `@include` read. A client may have many choices of
 * many operations made: so all of them share one room. What is made lives no longer than its operation.
 */
export function byChoice<Operation extends Conditional, Made>({ bytes, make }: ChoicesParts<Operation, Made>) {
  const operations = new WeakMap<Operation, Map<string, Kept<Made>>>()
  const sizes = new LRUCache<Choice, number>({
    maxSize: bytes,
    dispose: (_size, choice, reason) => {
      if (reason !== 'set') forget(choice)
    },
  })

  function choicesOf(operation: Operation): Map<string, Kept<Made>> {
    const known = operations.get(operation)
    if (known !== undefined) return known
    const made = new Map<string, Kept<Made>>()
    operations.set(operation, made)
    return made
  }

  function first(operation: Operation, values: Variables, name: string): Made {
    const choices = choicesOf(operation)
    const choice: Choice = { name, among: new WeakRef(choices) }
    let size = bytesOfChoice
    const made = make(operation, values, (more) => {
      size += more
      if (sizes.has(choice)) note(choice, size)
    })
    choices.set(name, { choice, made })
    note(choice, size)
    return made
  }

  function note(choice: Choice, size: number): void {
    sizes.set(choice, size, { size })
    // There is no room for what is larger than all of it.
    if (!sizes.has(choice)) forget(choice)
  }

  return (operation: Operation, values: Variables): Made => {
    const name = operation.conditionVariables.map((variable) => (values[variable] === true ? '1' : '0')).join('')
    const known = operations.get(operation)?.get(name)
    if (known === undefined) return first(operation, values, name)
    sizes.get(known.choice)
    return known.made
  }
}

function forget({ name, among }: Choice): void {
  among.deref()?.delete(name)
}
