import { z } from 'zod'

import { refused } from './client-error.ts'
import { isJsonObject } from './json-object.ts'

const text = (name: string) => z.string(`\`${name}\` must be a string.`).nullish()
const object = (name: string) => ({ error: `\`${name}\` must be an object.` })

const operation = z.object(
  {
    query: text('query'),
    operationName: text('operationName'),
    variables: z.record(z.string(), z.unknown(), object('variables')).nullish(),
    extensions: z
      .looseObject(
        {
          persistedQuery: z
            .object(
              {
                version: z.literal(1, 'Of persisted queries this graph knows version 1.'),
                sha256Hash: z.string('`sha256Hash` must be a string.'),
              },
              object('persistedQuery'),
            )
            .nullish(),
        },
        object('extensions'),
      )
      .nullish(),
  },
  { error: 'Send one operation as a JSON object: { "query": "..." }.' },
)

type Operation = z.infer<typeof operation>

/** What is asked for, by whatever way it came. @throws RequestRefused where that is no operation */
export function operationIn(given: unknown): Operation {
  return plainOperation(given) ?? examined(given)
}

/** The same, asking the schema in any case. @throws RequestRefused */
export function examined(given: unknown): Operation {
  const { success, data, error } = operation.safeParse(given)
  if (success) return data
  throw refused('BAD_REQUEST', error.issues[0]?.message ?? 'The request is not an operation.')
}

/** What `operation` says of what nearly everybody sends, without asking it; undefined where it must be asked. */
function plainOperation(given: unknown): Operation | undefined {
  if (!isJsonObject(given)) return undefined
  const { query, operationName, variables, extensions } = given
  if (typeof query !== 'string' || !isTextOrNone(operationName)) return undefined
  return isPlainOrNone(variables) && namesNoHash(extensions) ? { query, operationName, variables } : undefined
}

function isTextOrNone(value: unknown): value is string | null | undefined {
  return value === undefined || value === null || typeof value === 'string'
}

/** Zod takes no object with a constructor of its own for a record, and leaves out what would be a prototype. */
function isPlainOrNone(value: unknown): value is Record<string, unknown> | null | undefined {
  if (value === undefined || value === null) return true
  return isJsonObject(value) && !Object.hasOwn(value, 'constructor') && !Object.hasOwn(value, '__proto__')
}

function namesNoHash(extensions: unknown): boolean {
  if (extensions === undefined || extensions === null) return true
  return isJsonObject(extensions) && (extensions.persistedQuery === undefined || extensions.persistedQuery === null)
}
