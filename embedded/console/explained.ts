import { ConfigError } from '../../platform/config.ts'
import { asError, StoreUnavailable } from '../../platform/errors.ts'
import { StartError } from '../start-error.ts'

/** Why a start has failed, on one line with what to do about it; a stack only for what nobody foresaw. */
export function explained(error: Error): string {
  if (error instanceof StartError) return `${error.message} ${error.cure}`
  if (error instanceof ConfigError) return `${error.message}. Correct the environment variable and start again.`
  if (error instanceof StoreUnavailable)
    return `A store does not answer (${asError(error.cause).message}). Start it, or correct its address, and start again.`
  return error.stack ?? error.message
}
