import { readFile } from 'node:fs/promises'

import { parse } from 'graphql'

import { asError } from '../platform/errors.ts'
import { StartError } from './start-error.ts'

/** The composed supergraph, looked at before anything is started. @throws StartError when it is missing or broken */
export async function readSupergraph(path: string): Promise<string> {
  try {
    const sdl = await readFile(path, 'utf8')
    parse(sdl)
    return sdl
  } catch (cause) {
    throw new StartError(`${path} cannot be used: ${asError(cause).message}`, {
      cure: 'Bring it back with: npm run compose',
      cause,
    })
  }
}
