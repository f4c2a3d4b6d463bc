import type { FastifyInstance, FastifyRequest } from 'fastify'

import { SoukError } from '../../errors.ts'
import type { HeldSubgraph } from '../definition.ts'
import type { PassportControl } from '../../identity/passport.ts'
import type { Logger } from '../../telemetry/logging.ts'

export interface Served {
  /** Undefined until it has started. */
  subgraph(): HeldSubgraph | undefined
  isStopping(): boolean
  readonly passports: PassportControl
  readonly log: Logger
}

/** Adds to the server what answers one concern. */
export type Route = (server: FastifyInstance, served: Served) => void

/** @throws SoukError when it has not started */
export function startedSubgraph({ subgraph }: Pick<Served, 'subgraph'>): HeldSubgraph {
  const started = subgraph()
  if (started === undefined) throw new SoukError('SUBGRAPH_UNAVAILABLE', 'This subgraph has not started yet.')
  return started
}

/** Undefined when it is missing, or there more than once. */
export function headerOf({ headers }: FastifyRequest, name: string): string | undefined {
  const value = headers[name]
  return typeof value === 'string' ? value : undefined
}
