import type { z } from 'zod'

/** An expected no that needs no more than its code and message. Which codes there are is the graph's to say. */
export interface Refused<Code extends string> {
  readonly __typename: 'Refused'
  readonly code: Code
  readonly message: string
}

/** An input that broke a rule; `field` is its path, such as `address.postcode`. */
export interface InvalidInput {
  readonly __typename: 'InvalidInput'
  readonly code: 'INVALID_INPUT'
  readonly message: string
  readonly field: string
}

export function refused<const Code extends string>(code: Code, message: string): Refused<Code> {
  return { __typename: 'Refused', code, message }
}

export function invalidInput(field: string, message: string): InvalidInput {
  return { __typename: 'InvalidInput', code: 'INVALID_INPUT', message, field }
}

/** The parsed input, or the refusal that names the first field that broke a rule. */
export function parseInput<Value>(
  schema: z.ZodType<Value>,
  input: unknown,
): { readonly ok: true; readonly value: Value } | { readonly ok: false; readonly refusal: InvalidInput } {
  const result = schema.safeParse(input, { error: ownWords })
  if (result.success) return { ok: true, value: result.data }
  const issue = result.error.issues[0]
  return { ok: false, refusal: invalidInput(issue?.path.join('.') ?? '', issue?.message ?? 'The input is not valid.') }
}

/** For rules that bring no words of their own: zod's are for who writes a schema. */
function ownWords({ code, input, origin }: z.core.$ZodRawIssue): string {
  switch (code) {
    case 'invalid_type':
      return input === undefined || input === null ? 'A value is missing.' : 'The value is of a wrong type.'
    case 'too_small':
      return isMeasured(origin) ? 'The value is too short.' : 'The value is too small.'
    case 'too_big':
      return isMeasured(origin) ? 'The value is too long.' : 'The value is too large.'
    default:
      return 'The value is not valid.'
  }
}

/** Whether the length of a value counts, and not the value itself. */
function isMeasured(origin: unknown): boolean {
  return origin === 'string' || origin === 'array'
}
