import { Kind, type DirectiveNode } from 'graphql'

import type { RootField } from './steps.ts'

type Variables = Readonly<Record<string, unknown>>

/** The response keys that are asked for, in the order in which they are done: that of the first field that is. */
export function includedKeys(roots: readonly RootField[], variables: Variables): string[] {
  const included = roots.filter(({ conditions }) => conditions.every((condition) => holds(condition, variables)))
  return [...new Set(included.map(({ responseKey }) => responseKey))]
}

/** Whether what carries these directives is asked for. */
export function isAsked(directives: readonly DirectiveNode[] = [], variables: Variables): boolean {
  return directives.every((directive) => !isCondition(directive) || holds(directive, variables))
}

function isCondition({ name }: DirectiveNode): boolean {
  return name.value === 'skip' || name.value === 'include'
}

function holds({ name, arguments: given }: DirectiveNode, variables: Variables): boolean {
  const value = given?.find((argument) => argument.name.value === 'if')?.value
  const decides =
    value?.kind === Kind.VARIABLE ? variables[value.name.value] : value?.kind === Kind.BOOLEAN && value.value
  return name.value === 'skip' ? decides !== true : decides === true
}
