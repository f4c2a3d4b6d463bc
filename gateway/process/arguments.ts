import { parseArgs } from 'node:util'

import { ConfigError } from '../../platform/config.ts'
import { asError } from '../../platform/errors.ts'

export interface GatewayArguments {
  /** The file of a supergraph that is not Souk's: it is served without Souk's identity. */
  readonly supergraph: string | undefined
}

/** @throws ConfigError where they are others than there are */
export function readArguments(args: readonly string[]): GatewayArguments {
  try {
    const { values } = parseArgs({ args: [...args], options: { supergraph: { type: 'string' } } })
    return { supergraph: values.supergraph }
  } catch (cause) {
    const reason = asError(cause).message.split('\n')[0] ?? ''
    throw new ConfigError(`${reason} Expected no arguments, or --supergraph FILE`, { cause })
  }
}
