import { asError } from '../../../platform/errors.ts'
import type { LinkFailure } from '../link-failure.ts'
import type { AnswerHead } from './answer-head.ts'
import { Connections, type ConnectionsParts } from './connections.ts'
import type { Exchange } from './exchange.ts'

/** Asks one server over connections that are kept. */
export interface Client {
  /**
   * Resolves to the text of the answer.
   * @param message a request as it is sent, its head included
   * @throws LinkFailure where there is no answer of use; the reason of the signal when that is aborted first
   */
  ask(message: string | Buffer, asking: Asking): Promise<string>
  /** Ends what is still asked, too. */
  close(): void
}

export interface Asking {
  readonly signal: AbortSignal
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
    ask: (message, { signal, mayShare, judge }) =>
      new Promise((resolve, reject) => {
        const callOff = () => {
          connections.letGo(exchange)
          reject(asError(signal.reason))
        }
        const exchange: Exchange = {
          message,
          judge,
          isShared: mayShare,
          mayMove: mayShare,
          at: undefined,
          resolve(text) {
            signal.removeEventListener('abort', callOff)
            resolve(text)
          },
          reject(failure) {
            signal.removeEventListener('abort', callOff)
            reject(failure)
          },
        }
        if (signal.aborted) {
          reject(asError(signal.reason))
          return
        }
        signal.addEventListener('abort', callOff)
        connections.send(exchange)
      }),
    close: () => connections.close(),
  }
}
