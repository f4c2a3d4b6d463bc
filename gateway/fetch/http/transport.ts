import { httpClient, type Asking } from '../client/client.ts'
import { messageOf, type Request } from '../client/message.ts'
import { connectionsTo } from './connections.ts'
import { exchange } from './exchange.ts'
import { largestAnswer } from './read-answer.ts'

/** Carries requests to one origin. */
export interface Transport {
  /**
   * Resolves to the text of the answer.
   * @throws LinkFailure where there is no answer of use; the reason for which it is called off first
   */
  ask(request: Request, asking: Asking): Promise<string>
  /** Ends what is still asked, too. */
  close(): Promise<void>
}

/** Our own client speaks HTTP alone. */
export function transportTo(url: URL): Transport {
  return url.protocol === 'http:' ? ownTransport(url) : undiciTransport(url)
}

export function ownTransport({ hostname, port, host }: URL): Transport {
  const origin = { host: hostname.replace(/^\[|\]$/g, ''), port: port === '' ? 80 : Number(port) }
  const client = httpClient({ origin, largest: largestAnswer })
  return {
    ask: (request, asking) => client.ask(messageOf(request, host), asking),
    close: async () => client.close(),
  }
}

export function undiciTransport({ origin }: URL): Transport {
  const connections = connectionsTo(origin)
  return {
    ask: (request, asking) => exchange(connections.current(), request, asking),
    close: () => connections.close(),
  }
}
