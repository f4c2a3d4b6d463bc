import { afterEach, beforeEach } from 'vitest'

import type { Bus, Consumer, Subscription } from '../../platform/messaging/bus.ts'
import type { Contract } from '../../platform/messaging/contract.ts'
import type { Message } from '../../platform/messaging/message.ts'
import { newUuid } from '../../platform/ids.ts'

const anything = { parse: (value: unknown) => value }

/** Short pauses: a test waits for the retries themselves. */
export const testPauses = [20, 40]

export interface BusUnderTest {
  /** A further connection to the same bus, as another process would have. */
  connect(): Promise<Bus>
  /** Ends a connection as `kill -9` would: nothing is handed back. */
  crash(bus: Bus): Promise<void>
  /** Kills the server itself, and starts it again on what it has written. */
  crashServer?(): Promise<void>
  remove(): Promise<void>
}

/** What a test of an adapter can do, beyond what each promises. */
export interface BusFeatures {
  /** Its server is the test's own, so that it may be killed. */
  readonly serverCrashes: boolean
}

/** The messages of the suite. */
export const testContracts: readonly Contract[] = [
  ...(['test.Event', 'test.Wanted', 'test.Other'] as const).map(
    (type) => ({ type, stream: 'log', data: anything }) as const,
  ),
  { type: 'test.State', stream: 'state', data: anything },
]

let version = 0

/** A message of a version above all before it. */
export function message(type: string, subject: string, data: unknown = {}): Message {
  version += 1
  return {
    specversion: '1.0',
    id: newUuid(),
    source: '/souk/test',
    type,
    subject,
    time: new Date().toISOString(),
    datacontenttype: 'application/json',
    aggregateversion: version,
    data,
  }
}

/** Something that is waited for by name, so that no test sleeps. */
export function signal(): { readonly given: Promise<void>; give(): void } {
  let give: (() => void) | undefined
  const given = new Promise<void>((resolve) => (give = resolve))
  return { given, give: () => give?.() }
}

/** Collects what a consumer is handed, and reports when there is enough of it. */
export function collector() {
  const handled: Message[] = []
  let waiting: { count: number; resolve(): void }[] = []
  return {
    handled,
    data: () => handled.map(({ data }) => data),
    add(...messages: readonly Message[]) {
      handled.push(...messages)
      for (const waiter of waiting.filter(({ count }) => handled.length >= count)) waiter.resolve()
      waiting = waiting.filter(({ count }) => handled.length < count)
    },
    reached: (count: number) =>
      handled.length >= count
        ? Promise.resolve()
        : new Promise<void>((resolve) => waiting.push({ count, resolve: () => resolve() })),
  }
}

/** A consumer's handler: what it is handed takes effect whole, or not at all when one message makes `check` throw. */
export function collecting(
  seen: ReturnType<typeof collector>,
  check: (message: Message) => void = () => undefined,
): Consumer['handle'] {
  return async (messages) => {
    messages.forEach(check)
    seen.add(...messages)
  }
}

/** One bus for each test, and everything that a test opens on it closed again. */
export function busFixture(create: () => Promise<BusUnderTest>) {
  const opened: Subscription[] = []
  let under: BusUnderTest | undefined
  let bus: Bus | undefined

  beforeEach(async () => {
    under = await create()
    bus = await under.connect()
  })

  afterEach(async () => {
    await Promise.all(opened.splice(0).map((subscription) => subscription.stop()))
    await bus?.stop()
    await under?.remove()
  })

  return {
    get bus(): Bus {
      if (bus === undefined) throw new Error('there is a bus only while a test runs')
      return bus
    },
    get under(): BusUnderTest {
      if (under === undefined) throw new Error('there is a bus only while a test runs')
      return under
    },
    opened,
    /** Stops the subscription when the test is over. */
    async open(subscribing: Promise<Subscription>): Promise<Subscription> {
      const subscription = await subscribing
      opened.push(subscription)
      return subscription
    },
  }
}
