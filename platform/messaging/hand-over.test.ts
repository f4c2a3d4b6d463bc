import { describe, expect, it } from 'vitest'
import { z } from 'zod'

import { newUuid } from '../ids.ts'
import { createLogger } from '../telemetry/logging.ts'
import { currentTraceparent } from '../telemetry/trace.ts'
import { traceIdOf, traceparentFrom } from '../telemetry/traceparent.ts'
import { contract } from './contract.ts'
import { handOver, type Delivery } from './hand-over.ts'
import { onAll } from './handler.ts'
import { UnparseableMessage, type Message } from './message.ts'

const event = contract({ type: 'test.Event', stream: 'log', data: z.object({}) })

function traced(subject: string): Message {
  return {
    ...{ specversion: '1.0', id: newUuid(), source: '/souk/test', type: event.type, subject, data: {} },
    ...{ time: '2026-01-01T00:00:00.000Z', datacontenttype: 'application/json', aggregateversion: 1 },
    traceparent: traceparentFrom(undefined),
  }
}

function deliveryOf(message: Message): Delivery {
  const settled = () => Promise.resolve()
  return { message, attempts: 0, handled: settled, postpone: settled, bury: settled }
}

describe('what is logged of a message', () => {
  it.each([
    ['is tried again', new Error('not yet'), 'a message could not be handled; trying again in 10 ms'],
    ['is given up', new UnparseableMessage('never'), 'a message became a dead letter'],
  ])('that %s names its trace, also where it came with others', async (_name, error, msg) => {
    const logged: unknown[] = []
    const log = createLogger('info', { write: (line) => logged.push(JSON.parse(line)) })
    const [good, bad] = [traced('good'), traced('bad')]
    const receive = async (messages: readonly Message[]) => {
      if (messages.includes(bad)) throw error
    }
    const parts = { log, retryPauses: [10] }
    await handOver(parts, { name: 'c', types: [event.type], inBatches: true, receive }, [good, bad].map(deliveryOf))
    expect(logged).toContainEqual(
      expect.objectContaining({ msg, messageId: bad.id, traceId: traceIdOf(bad.traceparent) }) as object,
    )
  })
})

describe('a handler of all messages at once', () => {
  it('does what is done for each as part of its trace', async () => {
    const messages = [traced('a'), traced('b'), traced('c')]
    const traces: unknown[] = []
    const handler = onAll(event, async () => async () => void traces.push(currentTraceparent()))
    const nothing = () => undefined
    await handler.handle(messages, { store: undefined, publish: nothing, afterCommit: nothing })
    expect(traces).toEqual(messages.map(({ traceparent }) => traceparent))
  })
})
