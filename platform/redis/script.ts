import { createHash } from 'node:crypto'
import type { Cluster, Redis } from 'ioredis'

import { asError } from '../errors.ts'

/** Lua that Redis runs as one step, between other commands and not among them. */
export interface Script {
  readonly lua: string
  readonly sha: string
}

/** All in one hash slot; the first decides which node of a cluster runs the script. */
export type Keys = readonly [string, ...string[]]

export function script(lua: string): Script {
  return { lua, sha: createHash('sha1').update(lua).digest('hex') }
}

interface Run {
  readonly script: Script
  readonly keys: Keys
  readonly values: readonly (string | number)[]
}

/** By its digest; a server that does not know it (any more, after a restart) is given it whole, and knows it from then on. */
export async function runScript(
  client: Redis | Cluster,
  { script: { lua, sha }, keys, values }: Run,
): Promise<unknown> {
  try {
    return await client.evalsha(sha, keys.length, ...keys, ...values)
  } catch (thrown) {
    // It says so before anything is done.
    if (!asError(thrown).message.startsWith('NOSCRIPT')) throw thrown
    return client.eval(lua, keys.length, ...keys, ...values)
  }
}
