import { createHash } from 'node:crypto'

import type { ConfigurationName } from '../domain/configurations.ts'

/** Another configuration, tried on a share of the sessions. */
interface Experiment {
  readonly configuration: ConfigurationName
  /** From 0 to 1. */
  readonly share: number
}

/**
 * The configuration of a session: the same one each time, in every process, and by chance another one for another
 * experiment. Who has no session takes no part.
 */
export function configurationFor(session: string | undefined, experiment: Experiment | undefined): ConfigurationName {
  if (session === undefined || experiment === undefined) return 'served'
  const { configuration, share } = experiment
  return fractionOf(`${configuration}/${session}`) < share ? configuration : 'served'
}

/** From 0 to just below 1. */
function fractionOf(key: string): number {
  return createHash('sha256').update(key).digest().readUInt32BE() / 2 ** 32
}
