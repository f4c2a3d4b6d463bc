import { GraphQLError, type ExecutionResult } from 'graphql'
import { z } from 'zod'

import type { AnswerHead } from '../client/answer-head.ts'
import { LinkFailure } from '../link-failure.ts'

/** Bytes of an answer at most: the largest honest ones are a few hundred KiB. */
export const largestAnswer = 32 * 1_048_576

const jsonTypes = /^application\/(graphql-response\+)?json\b/
const away: ReadonlySet<number> = new Set([502, 503, 504])

const answerShape = z
  .object({
    data: z.record(z.string(), z.unknown()).nullish(),
    errors: z
      .array(
        z.object({
          message: z.string(),
          path: z.array(z.union([z.string(), z.number()])).nullish(),
          extensions: z.record(z.string(), z.unknown()).nullish(),
        }),
      )
      .optional(),
  })
  .refine(({ data, errors }) => data !== undefined || errors !== undefined)

/** Why an answer is not read; undefined where it is. A 4xx may hold errors of GraphQL: what they are worth is for others to judge. */
export function refusal({ status, type }: Pick<AnswerHead, 'status' | 'type'>): LinkFailure | undefined {
  if (away.has(status)) return new LinkFailure('away', `it answered with status ${status}`)
  if (status < 200 || (status >= 300 && status < 400) || status >= 500) {
    return new LinkFailure('rubbish', `it answered with status ${status}`)
  }
  return jsonTypes.test(type) ? undefined : new LinkFailure('rubbish', `its answer is of type "${type}", and not JSON`)
}

/** The answer of a subgraph. @throws LinkFailure where that is not the answer of a subgraph */
export function readAnswer(text: string): ExecutionResult {
  const read = parsed(text)
  if (isData(read)) return { data: read.data }
  const { data: answer, error: cause } = answerShape.safeParse(read)
  if (answer === undefined) throw new LinkFailure('rubbish', 'its answer is not one of GraphQL', { cause })
  const { data, errors } = answer
  return {
    ...(data !== undefined && { data }),
    ...(errors !== undefined && {
      errors: errors.map(
        ({ message, path, extensions }) =>
          new GraphQLError(message, { path: path ?? null, extensions: extensions ?? null }),
      ),
    }),
  }
}

/** Whether it is data and nothing else, as nearly all answers are: those need no look at each field. */
function isData(read: unknown): read is { readonly data: Record<string, unknown> } {
  if (typeof read !== 'object' || read === null || !('data' in read) || 'errors' in read) return false
  const { data } = read
  return typeof data === 'object' && data !== null && !Array.isArray(data)
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text.startsWith('\ufeff') ? text.slice(1) : text)
  } catch (cause) {
    throw new LinkFailure('rubbish', 'its answer is not JSON', { cause })
  }
}
