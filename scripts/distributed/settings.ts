import { join } from 'node:path'
import { parseArgs } from 'node:util'

import { StartError } from '../../embedded/start-error.ts'
import type { DistributedOptions } from './start.ts'

type Settings = Pick<DistributedOptions, 'folder' | 'port' | 'replicas' | 'kind'>

const usage = 'It is `npm run distributed`, with `-- --replicas 2` or `-- --postgres` or both.'
const correct = 'Correct the environment variable and start again.'
const mostReplicas = 9

/** Names the folder of a distributed Souk. */
export const folderVariable = 'SOUK_DISTRIBUTED_DIR'

/**
 * What `npm run distributed` was asked for.
 * @param given the words behind the name, and the environment
 * @throws StartError when a word or a number is not understood
 */
export function readSettings(words: readonly string[], given: NodeJS.ProcessEnv): Settings {
  const options = readOptions(words)
  const { [folderVariable]: folder = join(import.meta.dirname, '..', '..', '.souk-distributed'), PORT } = given
  const port = PORT === undefined ? 4_000 : wholeNumber(PORT, 65_535)
  if (port === undefined)
    throw new StartError(`PORT is ${PORT}, and has to be a number up to 65535; 0 takes free ones.`, { cure: correct })
  const replicas = wholeNumber(options.replicas, mostReplicas)
  if (replicas === undefined || replicas === 0) {
    throw refusal(`--replicas is ${options.replicas}, and has to be a number from 1 to ${mostReplicas}.`)
  }
  const kind = options.postgres ? 'postgres' : 'each its own'
  // 0 takes any that are free, for the subgraphs too.
  return { folder, replicas, kind, ...(port !== 0 && { port }) }
}

function readOptions(words: readonly string[]): { readonly replicas: string; readonly postgres: boolean } {
  try {
    const { values } = parseArgs({
      args: [...words],
      options: { replicas: { type: 'string', default: '1' }, postgres: { type: 'boolean', default: false } },
    })
    return values
  } catch (thrown) {
    throw refusal(`${words.join(' ')} is not understood.`, thrown)
  }
}

function wholeNumber(text: string, most: number): number | undefined {
  const number = /^\d{1,5}$/.test(text) ? Number(text) : undefined
  return number !== undefined && number <= most ? number : undefined
}

function refusal(message: string, cause?: unknown): StartError {
  return new StartError(message, { cure: usage, cause })
}
