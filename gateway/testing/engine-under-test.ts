import { once } from 'node:events'

import type { ExecutionResult } from 'graphql'
import { pino } from 'pino'

import { Cancellation } from '../../platform/work/cancellation.ts'
import { visitor } from '../../platform/identity/viewer.ts'
import { createEngine, type EngineRequest } from '../engine/engine.ts'
import type { Asker } from '../fetch/link.ts'
import { jsonOfAnswer } from '../http/answers.ts'
import { announcedChanges, type AnnouncedChanges } from './announced-changes.ts'
import { bareGraph } from './bare-gateway.ts'

/** One who asks: a visitor who has sent nothing beside, and pays whatever it costs. */
export interface Client extends Partial<Pick<Asker, 'viewer' | 'forwarded' | 'traceparent'>> {
  readonly request?: Partial<EngineRequest>
  /** Aborted when it goes. */
  readonly gone?: AbortSignal
}

export interface EngineUnderTest {
  readonly changes: AnnouncedChanges
  /** The signal of each fetch, in order. */
  readonly fetched: readonly (AbortSignal | undefined)[]
  /** Lines of the log. */
  readonly lines: readonly string[]
  /** Resolves to the answer as it is sent. What is under way is joined before this returns. */
  ask(text: string, client?: Client): Promise<string>
  /** From now on subgraphs are asked, and answer when they are let. What is asked after `pass` does not wait. */
  hold(): { readonly begun: Promise<unknown>; pass(): void; open(): void }
  /** Has one under way, asks for the other one then, and counts the fetches of both. */
  together(
    first: () => Promise<string>,
    second: () => Promise<string>,
  ): Promise<{ readonly answers: readonly string[]; readonly times: number }>
  /** As it was made: nothing is kept, and nothing waits. */
  forget(): void
  stop(): Promise<void>
}

/** The engine over the committed supergraph. @param answerOf what subgraphs answer to a fetch, by how many there have been */
export function engineUnderTest(answerOf: (count: number) => ExecutionResult): EngineUnderTest {
  const fetched: (AbortSignal | undefined)[] = []
  const lines: string[] = []
  const changes = announcedChanges()
  let arrive = () => Promise.resolve()
  const engine = createEngine({
    ...bareGraph({
      async execute({ cancellation }) {
        const count = fetched.push(cancellation?.signal)
        await arrive()
        return answerOf(count)
      },
    }),
    passports: () => Promise.resolve('passport'),
    changes,
    log: pino({ base: null, level: 'warn' }, { write: (line) => lines.push(line) }),
    config: {
      ...{ production: false, graphiqlFolder: '', fetchDeadline: 60_000, corsOrigins: [] },
      hosts: { bind: '', allowed: undefined },
    },
  })

  async function ask(text: string, { request, gone, ...asker }: Client = {}): Promise<string> {
    const asked: EngineRequest = {
      ...{ text, operationName: undefined, variables: {}, readOnly: false, onErrand: false },
      payFor: () => Promise.resolve(),
      ...request,
    }
    const { data, errors, whole, ready } = await engine.answer(asked, {
      ...{ viewer: visitor, traceparent: '', clientAddress: undefined, late: new Set(), changed: new Set() },
      cancellation: gone === undefined ? new Cancellation() : Cancellation.by(gone),
      ...asker,
    })
    return (ready?.body ?? whole ?? jsonOfAnswer({ data, errors })).toString()
  }

  function hold() {
    const [asked, gate] = [new AbortController(), new AbortController()]
    const [begun, opened] = [once(asked.signal, 'abort'), once(gate.signal, 'abort')]
    arrive = async () => {
      asked.abort()
      await opened
    }
    return {
      begun,
      pass() {
        arrive = () => Promise.resolve()
      },
      open: () => gate.abort(),
    }
  }

  return {
    changes,
    fetched,
    lines,
    ask,
    hold,
    async together(first, second) {
      const { begun, open } = hold()
      const under = first()
      await begun
      const other = second()
      open()
      const answers = await Promise.all([under, other])
      return { answers, times: fetched.length }
    },
    forget() {
      arrive = () => Promise.resolve()
      fetched.length = 0
      lines.length = 0
      changes.lose()
      changes.follow()
    },
    stop: () => engine.stop(),
  }
}
