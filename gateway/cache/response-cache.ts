import type { Asker } from '../fetch/link.ts'
import { jsonOfAnswer, type Answer } from '../http/answers.ts'
import { parsedFields } from '../http/json-fields.ts'
import { flights } from './flights.ts'
import { followedAnswers, type FollowedParts } from './followed-answers.ts'
import { partsIn } from './parts.ts'
import { readyAnswer, type ReadyAnswer } from './ready-answer.ts'
import type { SharedRead } from './reads.ts'

interface Asked {
  readonly asker: Asker
  /** Pays for what it costs to carry out. @throws SoukError RATE_LIMITED */
  pay(): Promise<void>
  carryOut(asker: Asker): Promise<Answer>
}

/** Keeps the answers of reads that are the same for everybody, until something changes that they are made of. */
export interface ResponseCache {
  /** From what is kept, or else carried out: once for all who ask the same at the same time. */
  answer(read: SharedRead, asked: Asked): Promise<Answer>
  /** Drops what is made of what a subgraph owns: this gateway has had something changed there. */
  forget(owners: ReadonlySet<string>): void
  stop(): Promise<void>
}

export function responseCache(parts: Omit<FollowedParts, 'onChange'>): ResponseCache {
  const underWay = flights<Answer>()
  const kept = followedAnswers<ReadyAnswer>({
    ...parts,
    onChange: (messages) =>
      underWay.close((read) => messages === 'any' || [...messages].some((message) => read.has(message))),
  })

  async function carriedOut(read: SharedRead, carryOut: () => Promise<Answer>): Promise<Answer> {
    const asOf = performance.now()
    const begun = kept.begin()
    const answer = await carryOut()
    const { data, errors } = answer
    if (errors !== undefined || data === undefined || data === null) return answer
    const ready = readyAnswer({ body: jsonOfAnswer({ data }), maxAge: read.maxAge, asOf })
    if (read.root !== undefined && kept.isFollowing) {
      const age = read.maxAge * 1_000 - (performance.now() - asOf)
      kept.keep(read.key, begun, { value: ready, parts: partsIn(parsedFields(data), read.root), size: ready.size, age })
    }
    return { data, ready }
  }

  return {
    async answer(read, { asker, pay, carryOut }) {
      const { key, messages } = read
      const known = kept.get(key)
      if (known !== undefined) return { ready: known }
      if (!underWay.isUnderWay(key)) await pay()
      // While it was paid, somebody else may have had it carried out.
      const meanwhile = kept.get(key)
      if (meanwhile !== undefined) return { ready: meanwhile }
      if (read.root === undefined || !kept.isFollowing) return carriedOut(read, () => carryOut(asker))
      // It is nobody's own: it goes on when the one who began it has gone, as long as anybody waits.
      const begin = (signal: AbortSignal) =>
        carriedOut(read, () => carryOut({ ...asker, signal, late: new Set(), changed: new Set() }))
      return underWay.board(key, { messages, signal: asker.signal, begin })
    },
    forget(owners) {
      const owned = [...parts.messages].filter((message) => owners.has(ownerOf(message)))
      if (owned.length > 0) kept.changed(owned.map((message) => ({ message, key: undefined })))
    },
    stop: () => kept.stop(),
  }
}

/** `<owner>.<Name>` is how messages are called. */
function ownerOf(message: string): string {
  return message.split('.', 1)[0] ?? message
}
