import { parseArgs } from 'node:util'

import { listedSubgraphs } from '../../embedded/composition/names.ts'
import { StartError } from '../../embedded/start-error.ts'
import { asError } from '../../platform/errors.ts'

export interface ExtractSettings {
  /** The subgraph that is to run apart. */
  readonly name: string
  readonly onRedis: boolean
}

/** Those that use a Redis where there is one. */
const onRedisToo: readonly string[] = ['cart', 'users']

/** What `npm run extract` was asked for. @throws StartError when a word is not understood */
export function readExtractSettings(words: readonly string[]): ExtractSettings {
  const { names, onRedis } = readWords(words)
  const [name, ...others] = names
  if (name === undefined) throw refusal('No subgraph is named.')
  if (!listedSubgraphs().includes(name)) throw refusal(`${name} is no subgraph.`)
  if (others.length > 0)
    throw refusal(`One subgraph can run apart, and ${names.length} are named: ${names.join(', ')}.`)
  if (onRedis && !onRedisToo.includes(name)) throw refusal(`${name} keeps nothing in Redis.`)
  return { name, onRedis }
}

function readWords(words: readonly string[]): { readonly names: readonly string[]; readonly onRedis: boolean } {
  try {
    const { values, positionals } = parseArgs({
      args: [...words],
      allowPositionals: true,
      options: { redis: { type: 'boolean', default: false } },
    })
    return { names: positionals, onRedis: values.redis }
  } catch (thrown) {
    throw refusal(`${words.join(' ')} is not understood.`, asError(thrown))
  }
}

function refusal(message: string, cause?: Error): StartError {
  const names = `one of ${listedSubgraphs().join(', ')}`
  const cure = `It is \`npm run extract -- <subgraph>\`, ${names}; ${onRedisToo.join(' and ')} also with \`--redis\`.`
  return new StartError(message, { cure, cause })
}
