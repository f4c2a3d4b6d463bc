import { errors, type Dispatcher, type Pool } from 'undici'

import { asError } from '../../../platform/errors.ts'
import type { Asking } from '../client/client.ts'
import { LinkFailure } from '../link-failure.ts'

type Options = Pick<Dispatcher.DispatchOptions, 'method' | 'path' | 'headers' | 'body'>

/**
 * Sends a request, and resolves to the text of the answer. By the pool's own events: a stream, and what listens to it, for each
 * answer costs the gateway more than the rest of the exchange.
 * @throws LinkFailure where there is no answer of use; the reason for which it is called off first
 */
export function exchange(pool: Pool, options: Options, { cancellation, judge }: Asking): Promise<string> {
  return new Promise((resolve, reject) => {
    let controller: Dispatcher.DispatchController | undefined
    let hasBegun = false
    const chunks: Buffer[] = []

    function end(failure: Error): void {
      cancellation.forget(end)
      reject(failure)
      // Closes the connection too: how long the rest would take nobody knows.
      controller?.abort(failure)
    }

    cancellation.throwIfCancelled()
    cancellation.listen(end)
    pool.dispatch(options, {
      onRequestStart(started) {
        controller = started
        // While it waited for a connection.
        if (cancellation.reason !== undefined) started.abort(cancellation.reason)
      },
      onResponseStart(_controller, status, headers) {
        if (status < 200) return
        hasBegun = true
        const failure = judge({ status, type: String(headers['content-type'] ?? '').toLowerCase() })
        if (failure !== undefined) end(failure)
      },
      onResponseData(_controller, chunk) {
        chunks.push(chunk)
      },
      onResponseEnd() {
        cancellation.forget(end)
        resolve(Buffer.concat(chunks).toString())
      },
      onResponseError(_controller, cause) {
        end(failureOf(cause, hasBegun))
      },
    })
  })
}

function failureOf(cause: Error, hasBegun: boolean): LinkFailure {
  if (cause instanceof errors.ResponseExceededMaxSizeError) return new LinkFailure('rubbish', cause.message, { cause })
  const kind = hasBegun ? 'broken off' : isUnreached(cause) ? 'unreached' : 'lost'
  return new LinkFailure(kind, cause.message, { cause })
}

/** Whether there was no connection. Several addresses of one name fail together, as one error. */
function isUnreached(cause: Error): boolean {
  if (cause instanceof AggregateError) return cause.errors.every((one) => isUnreached(asError(one)))
  if (cause instanceof errors.ConnectTimeoutError) return true
  return 'syscall' in cause && (cause.syscall === 'connect' || cause.syscall === 'getaddrinfo')
}
