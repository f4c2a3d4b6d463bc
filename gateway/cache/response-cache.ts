import type { Cancellation } from '../../platform/work/cancellation.ts'
import type { Asker, Expiry } from '../fetch/link.ts'
import { jsonOfAnswer, type Answer } from '../http/answers.ts'
import { parsedFields } from '../http/json-fields.ts'
import { flights } from './flights.ts'
import { followedAnswers } from './followed-answers.ts'
import type { Following } from './following.ts'
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
}

interface ResponseCacheParts {
  /** What is kept at the most. */
  readonly bytes: number
  readonly following: Following
}

export function responseCache({ bytes, following }: ResponseCacheParts): ResponseCache {
  const underWay = flights<Answer>()
  const kept = followedAnswers<ReadyAnswer>({ bytes, following })
  following.add({
    changed: (changes) => underWay.close((read) => changes.some(({ message }) => read.has(message))),
    lost: () => underWay.close(),
  })

  async function carriedOut(read: SharedRead, carryOut: (expiry: Expiry) => Promise<Answer>): Promise<Answer> {
    const begun = following.begin()
    const expiry = { at: performance.now() + read.maxAge * 1_000 }
    const answer = await carryOut(expiry)
    const { data, errors, whole } = answer
    if (errors !== undefined || data === undefined || data === null) return answer
    const ready = readyAnswer({ body: whole ?? jsonOfAnswer({ data }), expiry: expiry.at })
    if (read.root !== undefined && following.isFollowing) {
      const age = expiry.at - performance.now()
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
      if (read.root === undefined || !following.isFollowing) {
        return carriedOut(read, (expiry) => carryOut(expiring(asker, expiry)))
      }
      // It is nobody's own: it goes on when the one who began it has gone, as long as anybody waits.
      const begin = (cancellation: Cancellation) =>
        carriedOut(read, (expiry) => carryOut({ ...asker, cancellation, expiry, late: new Set(), changed: new Set() }))
      return underWay.board(key, { messages, cancellation: asker.cancellation, begin })
    },
  }
}

/** The same asker, whose answer may be kept. Field by field: a copy of all would look after its client, which not all answers need. */
function expiring(asker: Asker, expiry: Expiry): Asker {
  const { viewer, traceparent, clientAddress, forwarded, late, changed } = asker
  return {
    viewer,
    traceparent,
    clientAddress,
    forwarded,
    late,
    changed,
    expiry,
    get cancellation() {
      return asker.cancellation
    },
  }
}
