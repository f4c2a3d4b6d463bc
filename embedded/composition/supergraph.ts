import { readFile } from 'node:fs/promises'

import { parse } from 'graphql'

import { subgraphUrls } from '../../gateway/supergraph.ts'
import { asError } from '../../platform/errors.ts'
import { listedSubgraphs } from './names.ts'
import { committedSupergraph } from '../config.ts'
import { StartError } from '../start-error.ts'

/** The composed supergraph, looked at before anything is started. @throws StartError when it is missing or broken */
export async function readSupergraph(path: string): Promise<string> {
  try {
    const sdl = await readFile(path, 'utf8')
    const composed = subgraphUrls(parse(sdl))
    const missing = listedSubgraphs().filter((name) => !composed.has(name))
    if (missing.length > 0) throw new Error(`it is not composed of ${missing.join(', ')}`)
    return sdl
  } catch (cause) {
    throw supergraphError(path, cause)
  }
}

export function supergraphError(path: string, cause: unknown): StartError {
  return new StartError(`The supergraph ${path} cannot be used: ${firstLine(cause)}.`, {
    cure:
      path === committedSupergraph
        ? 'Bring it back with: npm run compose'
        : `SOUK_SUPERGRAPH names it: correct that, or leave it out, and ${committedSupergraph} is used.`,
    cause,
  })
}

function firstLine(thrown: unknown): string {
  return (asError(thrown).message.split('\n')[0] ?? '').replace(/\.$/, '')
}
