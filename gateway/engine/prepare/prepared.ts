import { createHash } from 'node:crypto'

import {
  Kind,
  OperationTypeNode,
  print,
  visit,
  type DirectiveNode,
  type DocumentNode,
  type FragmentDefinitionNode,
} from 'graphql'

import type { ClientDocument, ClientOperation } from '../client-document.ts'
import type { ExecutableOperation } from '../executor.ts'
import { costOf, type Cost } from '../limits/cost.ts'
import { clientNamesIn, plannedName, withOwnNames } from '../names.ts'
import { isIntrospection, rootFields, splitMutation, withRoots, type RootField } from '../steps.ts'
import type { DocumentRules } from './document.ts'

/** What is known of an operation before anybody sends values for its variables. */
export interface PreparedOperation {
  readonly operation: ClientOperation
  readonly fragments: ClientDocument['fragments']
  readonly cost: Cost
  /** Variables that `@skip` and `@include` read, wherever they stand. */
  readonly conditionVariables: readonly string[]
  readonly roots: readonly RootField[]
  readonly plan: OperationPlan
}

export type OperationPlan =
  | {
      readonly kind: 'at once'
      /** Undefined where there is nothing to fetch. */
      readonly step: ExecutableOperation | undefined
      /** What the schema itself answers of the operation, by the client's names. */
      readonly introspection: DocumentNode | undefined
    }
  /** For each response key of the root, what answers it. */
  | { readonly kind: 'in turn'; readonly steps: ReadonlyMap<string, ExecutableOperation> }

/** Does once what needs no values of variables: name, split. @param operation the only one of its document */
export function preparedFrom(
  operation: ClientOperation,
  document: ClientDocument,
  { schema, sizes }: DocumentRules,
): PreparedOperation {
  const { fragments } = document
  const roots = rootFields(operation, fragments)
  return {
    operation,
    fragments,
    roots,
    cost: costOf(operation, { schema, fragments, sizes }),
    conditionVariables: conditionVariables(document.node),
    plan: operation.operation === OperationTypeNode.MUTATION ? inTurn() : atOnce(),
  }

  function atOnce(): OperationPlan {
    const own = roots.filter(isIntrospection)
    if (own.length === 0) return { kind: 'at once', step: planned(operation, document), introspection: undefined }
    const rest = roots.filter((root) => !isIntrospection(root))
    const introspection = { ...document.node, definitions: [withRoots(operation, own), ...fragments.values()] }
    const step = rest.length === 0 ? undefined : planned(withRoots(operation, rest), document)
    return { kind: 'at once', step, introspection }
  }

  function inTurn(): OperationPlan {
    const steps = [...splitMutation(operation, roots)]
    return { kind: 'in turn', steps: new Map(steps.map(([key, step]) => [key, planned(step, document)])) }
  }
}

function planned(step: ClientOperation, { node, fragments }: ClientDocument): ExecutableOperation {
  const used = fragmentsUsedBy(step, fragments)
  const operation = { ...withOwnNames(step), name: { kind: Kind.NAME, value: plannedName } } as const
  const document = { ...node, definitions: [operation, ...used.map(withOwnNames)] }
  const clientNames = clientNamesIn({ ...node, definitions: [step, ...used] })
  const key = createHash('sha256').update(print(document)).digest('base64')
  return { key, document, operation, clientNames, conditionVariables: conditionVariables(document) }
}

/** In the order of the document, so that an operation is planned once whatever else a document holds. */
function fragmentsUsedBy(step: ClientOperation, fragments: ClientDocument['fragments']): FragmentDefinitionNode[] {
  const used = new Set<string>()
  follow(step)
  return [...fragments.values()].filter(({ name }) => used.has(name.value))

  function follow(node: ClientOperation | FragmentDefinitionNode): void {
    visit(node, {
      FragmentSpread({ name }) {
        const fragment = fragments.get(name.value)
        if (fragment === undefined || used.has(name.value)) return
        used.add(name.value)
        follow(fragment)
      },
    })
  }
}

function conditionVariables(document: DocumentNode): string[] {
  const names = new Set<string>()
  visit(document, {
    Directive(directive) {
      const name = variableOf(directive)
      if (name !== undefined) names.add(name)
    },
  })
  return [...names]
}

/** The variable that a condition reads; undefined where it has a literal. */
function variableOf({ arguments: given }: DirectiveNode): string | undefined {
  const value = given?.find(({ name }) => name.value === 'if')?.value
  return value?.kind === Kind.VARIABLE ? value.name.value : undefined
}
