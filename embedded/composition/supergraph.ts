import { readFile } from 'node:fs/promises'

import { Kind, parse, type DocumentNode } from 'graphql'

import { asError } from '../../platform/errors.ts'
import { listedSubgraphs } from './names.ts'
import { StartError } from '../start-error.ts'

/** The composed supergraph, looked at before anything is started. @throws StartError when it is missing or broken */
export async function readSupergraph(path: string): Promise<string> {
  try {
    const sdl = await readFile(path, 'utf8')
    const composed = subgraphsOf(parse(sdl))
    const missing = listedSubgraphs().filter((name) => !composed.includes(name))
    if (missing.length > 0) throw new Error(`it is not composed of ${missing.join(', ')}`)
    return sdl
  } catch (cause) {
    throw supergraphError(path, cause)
  }
}

export function supergraphError(path: string, cause: unknown): StartError {
  return new StartError(`The supergraph ${path} cannot be used: ${firstLine(cause)}.`, {
    cure: 'Bring it back with: npm run compose',
    cause,
  })
}

/** Composition lists them as the values of an enum, in capitals. */
function subgraphsOf({ definitions }: DocumentNode): string[] {
  return definitions.flatMap((definition) =>
    definition.kind === Kind.ENUM_TYPE_DEFINITION && definition.name.value === 'join__Graph'
      ? (definition.values ?? []).map(({ name }) => name.value.toLowerCase())
      : [],
  )
}

function firstLine(thrown: unknown): string {
  return (asError(thrown).message.split('\n')[0] ?? '').replace(/\.$/, '')
}
