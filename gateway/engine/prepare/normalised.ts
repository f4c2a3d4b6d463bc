import {
  Kind,
  print,
  visit,
  type DefinitionNode,
  type FragmentDefinitionNode,
  type OperationDefinitionNode,
  type VariableDefinitionNode,
} from 'graphql'

import type { ClientDocument, ClientOperation } from '../client-document.ts'

/**
 * An operation as everybody would have written it who means the same: without its name and comments, its variables in order, and
 * of the fragments those that it uses, called by the order in which it meets them. What shows in an answer stays: aliases, and
 * the order of fields. So do the names of variables, by which their values come.
 */
export function normalised(operation: ClientOperation, fragments: ClientDocument['fragments']): string {
  const names = new Map<string, string>()
  const definitions: DefinitionNode[] = [renamed(withoutName(operation))]
  // Grows while it is read: a fragment may use others.
  for (const [client, own] of names) {
    const fragment = fragments.get(client)
    if (fragment !== undefined) definitions.push(renamed(calledBy(own, fragment)))
  }
  return print({ kind: Kind.DOCUMENT, definitions })

  function renamed<Node extends DefinitionNode>(node: Node): Node {
    return visit<Node>(node, {
      FragmentSpread: (spread) => ({ ...spread, name: { kind: Kind.NAME, value: nameOf(spread.name.value) } }),
      StringValue: (text) => (text.block === true ? { ...text, block: false } : undefined),
    })
  }

  function nameOf(client: string): string {
    const own = names.get(client) ?? `F${names.size}`
    names.set(client, own)
    return own
  }
}

function withoutName({ operation, variableDefinitions, directives, selectionSet }: ClientOperation) {
  const variables = variableDefinitions?.map(withoutDescription).toSorted(byName)
  const nameless: OperationDefinitionNode = {
    ...{ kind: Kind.OPERATION_DEFINITION, operation, selectionSet },
    ...(variables && { variableDefinitions: variables }),
    ...(directives && { directives }),
  }
  return nameless
}

function withoutDescription({ kind, variable, type, defaultValue, directives }: VariableDefinitionNode) {
  const plain: VariableDefinitionNode = {
    ...{ kind, variable, type },
    ...(defaultValue && { defaultValue }),
    ...(directives && { directives }),
  }
  return plain
}

function byName(one: VariableDefinitionNode, other: VariableDefinitionNode): number {
  return one.variable.name.value < other.variable.name.value ? -1 : 1
}

function calledBy(name: string, { kind, typeCondition, directives, selectionSet }: FragmentDefinitionNode) {
  const plain: FragmentDefinitionNode = {
    ...{ kind, typeCondition, selectionSet, name: { kind: Kind.NAME, value: name } },
    ...(directives && { directives }),
  }
  return plain
}
