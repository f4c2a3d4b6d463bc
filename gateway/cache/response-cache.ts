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

/** Carries reads out once for all who ask the same at the same time, and keeps the answers that may be kept until something changes. */
export interface ResponseCache {
  /** From what is kept, or by what is under way, or else carried out. */
  answer(read: SharedRead, asked: Asked): Promise<Answer>
  /** Something was changed through this gateway: whoever asks from now on is answered by nothing that was begun before and may be made of it. */
  changed(): void
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
    changed: (changes) =>
      underWay.close((read) => read === undefined || changes.some(({ message }) => read.has(message))),
    lost: () => underWay.close(),
  })

  async function carriedOut(read: SharedRead, { asker, carryOut }: Asked, cancellation: Cancellation): Promise<Answer> {
    const { key, keeping } = read
    const begun = following.begin()
    const expiry = { at: performance.now() + (keeping?.maxAge ?? 0) * 1_000 }
    const answer = await carryOut(underWayFor(asker, cancellation, expiry))
    const { data, errors, whole } = answer
    if (keeping === undefined || errors !== undefined || data === undefined || data === null) return answer
    const ready = readyAnswer({ body: whole ?? jsonOfAnswer({ data }), expiry: expiry.at })
    if (keeping.root !== undefined && following.isFollowing) {
      const age = expiry.at - performance.now()
      kept.keep(key, begun, { value: ready, parts: partsIn(parsedFields(data), keeping.root), size: ready.size, age })
    }
    return { data, ready }
  }

  function known({ key, keeping }: SharedRead, asker: Asker): Answer | Promise<Answer> | undefined {
    const ready = keeping && kept.get(key)
    return ready === undefined ? underWay.join(key, asker.cancellation) : { ready }
  }

  return {
    async answer(read, asked) {
      const { asker } = asked
      const before = known(read, asker)
      if (before !== undefined) return before
      await asked.pay()
      // While it was paid, somebody else may have begun it.
      const meanwhile = known(read, asker)
      if (meanwhile !== undefined) return meanwhile
      const { key, keeping } = read
      const messages = keeping?.root !== undefined && following.isFollowing ? keeping.messages : undefined
      return underWay.begin(key, {
        messages,
        asking: asker.cancellation,
        carryOut: (cancellation) => carriedOut(read, asked, cancellation),
      })
    },
    changed: () => underWay.close((read) => read === undefined),
  }
}

/** The asker of a read that goes on when the client who began it has gone. */
function underWayFor(asker: Asker, cancellation: Cancellation, expiry: Expiry): Asker {
  const { viewer, traceparent, clientAddress, forwarded, late, changed } = asker
  return { viewer, traceparent, clientAddress, forwarded, late, changed, cancellation, expiry }
}
