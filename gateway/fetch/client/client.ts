import type { Cancellation } from '../../../platform/work/cancellation.ts'
import type { LinkFailure } from '../link-failure.ts'
import type { AnswerHead } from './answer-head.ts'
import { Connections, type ConnectionsParts } from './connections.ts'
import type { Exchange } from './exchange.ts'

/** Asks one server over connections that are kept. */
export interface Client {
  /**
   * Resolves to the text of the answer.
   * @param message a request as it is sent, its head included
   * @throws LinkFailure where there is no answer of use; the reason for which it is called off first
   */
  ask(message: string | Buffer, asking: Asking): Promise<string>
  /** Ends what is still asked, too. */
  close(): void
}

export interface Asking {
  readonly cancellation: Cancellation
  /**
   * Whether it may share a connection, and be sent again when that is spoilt by others. Only what changes nothing may, and what may
   * be slow had better not.
   */
  readonly mayShare: boolean
  /** Why an answer is not read; undefined where it is. */
  judge(head: Pick<AnswerHead, 'status' | 'type'>): LinkFailure | undefined
}

export function httpClient(parts: ConnectionsParts): Client {
  const connections = new Connections(parts)
  return {
    ask: (message, { cancellation, mayShare, judge }) =>
      new Promise((resolve, reject) => {
        const callOff = (reason: Error) => {
          connections.letGo(exchange)
          reject(reason)
        }
        const exchange: Exchange = {
          message,
          judge,
          isShared: mayShare,
          mayMove: mayShare,
          at: undefined,
          resolve(text) {
            cancellation.forget(callOff)
            resolve(text)
          },
          reject(failure) {
            cancellation.forget(callOff)
            reject(failure)
          },
        }
        cancellation.throwIfCancelled()
        cancellation.listen(callOff)
        connections.send(exchange)
      }),
    close: () => connections.close(),
  }
}
