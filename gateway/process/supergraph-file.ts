import { readFile } from 'node:fs/promises'

import { parse } from 'graphql'

import { ConfigError, type Environment } from '../../platform/config.ts'
import { asError } from '../../platform/errors.ts'
import { subgraphUrls } from '../supergraph.ts'
import { readSubgraphUrls, variableOf } from './config.ts'

export interface SupergraphFile {
  readonly path: string
  /** What names it. */
  readonly option: '--supergraph' | 'SOUK_SUPERGRAPH'
}

export interface Composed {
  readonly supergraphSdl: string
  /** Where each subgraph answers, one address for each replica. */
  readonly urls: ReadonlyMap<string, readonly string[]>
}

/** @throws ConfigError where it cannot be read, is no supergraph, or does not say where a subgraph answers */
export async function readSupergraphFile(file: SupergraphFile, environment?: Environment): Promise<Composed> {
  const supergraphSdl = await contentOf(file)
  const urls = readSubgraphUrls(composedIn(supergraphSdl, file), environment)
  for (const [name, addresses] of urls) {
    if (addresses.every(isAddress)) continue
    throw unusable(file, new Error(`this one does not say where ${name} answers, nor does ${variableOf(name)}`))
  }
  return { supergraphSdl, urls }
}

/** What is wrong with the file, in one sentence. */
export function unusable({ path, option }: SupergraphFile, { message, cause }: Error): ConfigError {
  const [first = '', second = ''] = message.split('\n')
  const reason = (first.endsWith(':') ? `${first} ${second}` : first).replace(/\.$/, '')
  const stated = `${option} is ${JSON.stringify(path)}: expected a supergraph composed by federation 2`
  return new ConfigError(`${stated}; ${reason}`, { cause })
}

async function contentOf({ path, option }: SupergraphFile): Promise<string> {
  try {
    return await readFile(path, 'utf8')
  } catch (cause) {
    throw new ConfigError(`${option} is ${JSON.stringify(path)}: expected a file that can be read`, { cause })
  }
}

function composedIn(supergraphSdl: string, file: SupergraphFile): Map<string, string> {
  const composed = subgraphsIn(supergraphSdl, file)
  if (composed.size === 0) throw unusable(file, new Error('this one names no subgraph'))
  return composed
}

function subgraphsIn(supergraphSdl: string, file: SupergraphFile): Map<string, string> {
  try {
    return subgraphUrls(parse(supergraphSdl, { noLocation: true }))
  } catch (cause) {
    throw unusable(file, asError(cause))
  }
}

function isAddress(url: string): boolean {
  return URL.canParse(url) && /^https?:$/.test(new URL(url).protocol)
}
