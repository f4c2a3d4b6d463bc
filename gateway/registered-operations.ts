import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'

import { parse, print, separateOperations } from 'graphql'

import { ConfigError } from '../platform/config.ts'
import { asError } from '../platform/errors.ts'
import type { Logger } from '../platform/telemetry/logging.ts'
import type { GatewayConfig } from './config.ts'
import type { KnownOperation } from './engine/prepare/preparation.ts'

/** Below a folder of sources: what was installed or built there. */
const notOurs = /(^|\/)(node_modules|dist)\//

export type ReadOperations = () => Promise<KnownOperation[]>

/**
 * Reads those of the folder that is named, else of another; undefined where there is none.
 * @throws ConfigError where the folder that is named is none
 */
export async function operationsOf(
  { SOUK_OPERATIONS: named }: Pick<GatewayConfig, 'SOUK_OPERATIONS'>,
  { otherwise, log }: { readonly otherwise: string | undefined; readonly log: Logger },
): Promise<ReadOperations | undefined> {
  if (named !== undefined) await assertFolder(named)
  const folder = named ?? otherwise
  return folder === undefined ? undefined : () => registeredOperations(folder, log)
}

async function assertFolder(named: string): Promise<void> {
  const wrong = `SOUK_OPERATIONS is ${JSON.stringify(named)}: expected a folder`
  const found = await stat(named).catch((cause: unknown) => {
    throw new ConfigError(wrong, { cause })
  })
  if (!found.isDirectory()) throw new ConfigError(wrong)
}

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
