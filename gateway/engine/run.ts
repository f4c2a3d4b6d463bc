import { executeSync, type DocumentNode, type GraphQLError, type GraphQLSchema } from 'graphql'

import type { Logger } from '../../platform/telemetry/logging.ts'
import { traceIdOf } from '../../platform/telemetry/traceparent.ts'
import type { Asker } from '../fetch/link.ts'
import type { Answer } from '../http/answers.ts'
import { clientError, notToBeRepeated, type ClientError } from '../http/client-error.ts'
import { jsonFieldsOf, type JsonFields } from '../http/json-fields.ts'
import { masked, type Told } from '../http/masking.ts'
import { includedKeys } from './conditions.ts'
import type { ExecutableOperation, Execution, Executor } from './executor.ts'
import { explainingErrors } from './explained.ts'
import type { OperationPlan, PreparedOperation } from './prepare/prepared.ts'
import type { Variables } from './client-document.ts'

interface RunParts {
  readonly schema: GraphQLSchema
  readonly executor: Executor
  readonly log: Logger
}

/** One client's request for a prepared operation. */
export interface Run {
  readonly prepared: PreparedOperation
  /** As the client calls it. */
  readonly operationName: string | undefined
  /** As the client sent them: a subgraph applies the same defaults. */
  readonly given: Variables
  readonly values: Variables
  readonly asker: Asker
}

const nothing: JsonFields = new Map()

type AtOnce = Extract<OperationPlan, { kind: 'at once' }>

/** Carries prepared operations out. */
export function running(parts: RunParts): (run: Run) => Promise<Answer> {
  return (run) => {
    const { plan } = run.prepared
    return plan.kind === 'at once' ? atOnce(plan, run, parts) : inTurn(plan.steps, run, parts)
  }
}

async function atOnce({ step, introspection }: AtOnce, run: Run, parts: RunParts): Promise<Answer> {
  if (introspection === undefined) return step === undefined ? { data: nothing } : once(step, run, parts)
  const schemaFields = introspected(introspection, run, parts)
  const answer: Answer = step === undefined ? { data: nothing } : await once(step, run, parts)
  if (!answer.data) return answer
  const all = new Map([...schemaFields, ...answer.data])
  const keys = includedKeys(run.prepared.roots, run.values)
  const data = new Map(keys.flatMap((key) => fieldOf(all, key)))
  return answer.errors === undefined ? { data } : { errors: answer.errors, data }
}

function fieldOf(fields: JsonFields, name: string): [string, Buffer][] {
  const json = fields.get(name)
  return json === undefined ? [] : [[name, json]]
}

function introspected(document: DocumentNode, { given }: Run, { schema }: RunParts): JsonFields {
  const { data, errors } = executeSync({ schema, document, rootValue: {}, variableValues: given })
  if (!data) throw new Error(`introspection failed: ${(errors ?? []).map(({ message }) => message).join('; ')}`)
  return jsonFieldsOf(data)
}

/** Does each field of the root, with all that is under it, before the next; stops where the answer as a whole is lost. */
async function inTurn(steps: ReadonlyMap<string, ExecutableOperation>, run: Run, parts: RunParts): Promise<Answer> {
  const data = new Map<string, Buffer>()
  const errors: ClientError[] = []
  for (const key of includedKeys(run.prepared.roots, run.values)) {
    const step = steps.get(key)
    if (step === undefined) continue
    run.asker.cancellation.throwIfCancelled()
    const answer = await once(step, run, parts)
    errors.push(...(answer.errors ?? []))
    if (!answer.data) return { errors: errorsFor(errors, run), data: null }
    for (const [name, json] of answer.data) data.set(name, json)
  }
  return errors.length === 0 ? { data } : { errors: errorsFor(errors, run), data }
}

function errorsFor(errors: readonly ClientError[], { asker }: Run): readonly ClientError[] {
  return asker.changed.size === 0 ? errors : notToBeRepeated(errors)
}

async function once(operation: ExecutableOperation, run: Run, { executor, log }: RunParts): Promise<Answer> {
  const execution = await executor.run(operation, run)
  const told: Told = { log, traceparent: run.asker.traceparent }
  const errors = [
    ...explainingErrors(execution).map((error) => clientErrorOf(error, told)),
    ...unexplained(execution, told),
  ]
  return errors.length === 0 ? { data: execution.data, whole: execution.answer } : { errors, data: execution.data }
}

function clientErrorOf(error: GraphQLError, told: Told): ClientError {
  const { message, path, extensions } = masked(error, told)
  const { code, ...details } = extensions
  return clientError(code, { message, path, ...details })
}

/** What is missing in the answer with no error that could have caused it. */
function unexplained({ errors, holes }: Execution, { log, traceparent }: Told): ClientError[] {
  if (errors.length > 0 || holes.length === 0) return []
  const traceId = traceIdOf(traceparent)
  log.error({ paths: holes.map((path) => path.join('.')), traceId }, 'subgraphs answered without what must be there')
  const message = 'A part of the answer is missing.'
  return holes.map((path) => clientError('SUBGRAPH_UNAVAILABLE', { message, path, traceId }))
}
