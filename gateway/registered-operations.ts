import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'

import { parse, print, separateOperations } from 'graphql'

import { asError } from '../platform/errors.ts'
import type { Logger } from '../platform/telemetry/logging.ts'
import type { KnownOperation } from './engine/prepare/preparation.ts'

/** Below a folder of sources: what was installed or built there. */
const notOurs = /(^|\/)(node_modules|dist)\//

/**
 * The operations in the `.graphql` files below a folder, each with the fragments that it uses, as clients send them. A file that
 * cannot be read as GraphQL is logged, and the others are read.
 * @throws Error where there is no such folder
 */
export async function registeredOperations(folder: string, log: Logger): Promise<KnownOperation[]> {
  const entries = await readdir(folder, { recursive: true })
  const files = entries.filter((path) => path.endsWith('.graphql') && !notOurs.test(path)).toSorted()
  const operations = await Promise.all(
    files.map((file) =>
      operationsIn(join(folder, file)).catch((thrown: unknown) => {
        log.warn({ file, reason: asError(thrown).message }, 'a file of registered operations cannot be read')
        return []
      }),
    ),
  )
  return operations.flat()
}

async function operationsIn(file: string): Promise<KnownOperation[]> {
  const document = parse(await readFile(file, 'utf8'))
  return Object.entries(separateOperations(document)).map(([name, operation]) => ({
    text: print(operation),
    operationName: name === '' ? undefined : name,
  }))
}
