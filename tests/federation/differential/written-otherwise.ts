import { createHash } from 'node:crypto'

import {
  Kind,
  parse,
  parseType,
  print,
  TypeInfo,
  valueFromASTUntyped,
  visit,
  visitWithTypeInfo,
  type DefinitionNode,
  type FragmentDefinitionNode,
  type GraphQLSchema,
  type SelectionSetNode,
  type ValueNode,
  type VariableDefinitionNode,
} from 'graphql'

export interface Written {
  readonly text: string
  readonly variables: Readonly<Record<string, unknown>>
}

/**
 * The same operation as somebody else might write it: some of its selections in fragments, which may be spread twice, and some of
 * its values in variables, given or by default.
 * @param seed decides what, and how
 */
export function writtenOtherwise(text: string, seed: number, schema: GraphQLSchema): Written {
  const variables: Record<string, unknown> = {}
  const defined: VariableDefinitionNode[] = []
  const fragments: FragmentDefinitionNode[] = []
  const types = new TypeInfo(schema)
  let asked = 0
  const draw = (sides: number) => createHash('sha1').update(`${seed} ${asked++}`).digest().readUInt32BE() % sides

  const document = visit(
    parse(text),
    visitWithTypeInfo(types, {
      Argument: {
        leave(argument) {
          const type = types.getInputType()
          const { value } = argument
          if (type === null || type === undefined || value.kind === Kind.VARIABLE || draw(2) === 0) return undefined
          const name = `v${defined.length}`
          const isDefault = draw(3) === 0
          defined.push({
            kind: Kind.VARIABLE_DEFINITION,
            variable: variable(name),
            type: parseType(String(type)),
            ...(isDefault && { defaultValue: constant(value) }),
          })
          if (!isDefault) variables[name] = valueFromASTUntyped(value)
          return { ...argument, value: variable(name) }
        },
      },
      SelectionSet: {
        leave(selectionSet) {
          const type = types.getParentType()
          if (type === null || type === undefined || draw(4) !== 0) return undefined
          const name = `F${fragments.length}`
          const spread = { kind: Kind.FRAGMENT_SPREAD, name: { kind: Kind.NAME, value: name } } as const
          const [first, ...others] = selectionSet.selections
          if (first === undefined) return undefined
          fragments.push({
            kind: Kind.FRAGMENT_DEFINITION,
            name: { kind: Kind.NAME, value: name },
            typeCondition: { kind: Kind.NAMED_TYPE, name: { kind: Kind.NAME, value: type.name } },
            selectionSet: { kind: Kind.SELECTION_SET, selections: [first, ...others] },
          })
          const rest = draw(2) === 0 ? [] : [spread]
          return { ...selectionSet, selections: [spread, ...rest] } satisfies SelectionSetNode
        },
      },
    }),
  )
  const definitions = document.definitions.map((definition): DefinitionNode => {
    if (definition.kind !== Kind.OPERATION_DEFINITION) return definition
    return { ...definition, variableDefinitions: [...(definition.variableDefinitions ?? []), ...defined] }
  })
  const all = draw(2) === 0 ? [...definitions, ...fragments] : [...fragments.toReversed(), ...definitions]
  return { text: print({ ...document, definitions: all }), variables }
}

function variable(name: string) {
  return { kind: Kind.VARIABLE, name: { kind: Kind.NAME, value: name } } as const
}

/** Made-up values hold no variables. */
function constant(value: ValueNode): NonNullable<VariableDefinitionNode['defaultValue']> {
  return value as NonNullable<VariableDefinitionNode['defaultValue']>
}
