import { z } from 'zod'

import type { Traceparent } from '../telemetry/traceparent.ts'

/** One query, in the name of whoever the errand was given for. */
export interface GraphQuestion {
  readonly query: string
  readonly variables?: Readonly<Record<string, unknown>>
  readonly errand: string
  readonly traceparent?: Traceparent | undefined
  /** Aborted when nobody waits for the answer any more. */
  readonly signal: AbortSignal
}

export interface GraphAnswer {
  readonly data?: unknown
  readonly errors: readonly { readonly message: string; readonly code: string | undefined }[]
}

/**
 * Asks Souk's own graph as a client does, by the gateway's door: a call within one process, HTTP between processes. For the assistant
 * alone; everybody else learns of neighbours by events. Rejects when the gateway cannot be reached.
 */
export type AskGraph = (question: GraphQuestion) => Promise<GraphAnswer>

const answer = z.object({
  data: z.unknown().optional(),
  errors: z
    .array(z.object({ message: z.string(), extensions: z.object({ code: z.string().optional() }).optional() }))
    .default([]),
})

/** Reads what the gateway answers. @throws ZodError when it is no answer of GraphQL */
export function graphAnswer(body: unknown): GraphAnswer {
  const { data, errors } = answer.parse(body)
  return { data, errors: errors.map(({ message, extensions }) => ({ message, code: extensions?.code })) }
}
