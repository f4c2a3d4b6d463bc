import type { SubgraphLink } from '../../../gateway/dependencies.ts'
import { createEngine } from '../../../gateway/engine/engine.ts'
import type { Asker } from '../../../gateway/fetch/link.ts'
import { jsonOfAnswer } from '../../../gateway/http/answers.ts'
import { createLogger } from '../../../platform/telemetry/logging.ts'
import { Cancellation } from '../../../platform/work/cancellation.ts'
import { supergraphSdl, type Operation } from './operations.ts'

/** Carries an operation out, and resolves to the answer as it would be sent. */
export type Answer = (operation: Operation) => Promise<Buffer>

/** The gateway's engine in this process, without HTTP around it, asked by a member. */
export function engineHere(subgraphs: ReadonlyMap<string, SubgraphLink>): Answer {
  const engine = createEngine({
    ...{ supergraphSdl, subgraphs, log: createLogger('warn') },
    config: {
      ...{ production: true, graphiqlFolder: '', fetchDeadline: 20_000, corsOrigins: [] },
      hosts: { bind: '127.0.0.1', allowed: undefined },
    },
  })
  return async ({ query, operationName, variables }) => {
    const asker: Asker = {
      ...{ viewer: { kind: 'user', id: 'ada', roles: ['SHOPPER'] }, traceparent: '', clientAddress: undefined },
      ...{ cancellation: new Cancellation(), late: new Set(), changed: new Set() },
    }
    const asked = { text: query, operationName, variables, readOnly: false, onErrand: false }
    const answer = await engine.answer({ ...asked, payFor: () => Promise.resolve() }, asker)
    return answer.whole ?? jsonOfAnswer(answer)
  }
}
