import { readFileSync } from 'node:fs'

import { getNamedType, isInputObjectType, isObjectType, type GraphQLArgument, type GraphQLInputField } from 'graphql'

import { publicSchema } from '../../../scripts/gate/public-schema.ts'

/** An argument of a field, or a field of an input, of the composed graph. */
export interface Declared {
  /** As the schema coordinates of GraphQL write it: `Query.order(id:)`, `AddCartItemInput.variantId`. */
  readonly coordinate: string
  readonly name: string
  readonly typeName: string
  readonly hasDefault: boolean
}

const schema = publicSchema(readFileSync(new URL('../../../supergraph.graphql', import.meta.url), 'utf8'))

/** All that a client can fill in. */
const declaredArguments: readonly Declared[] = Object.values(schema.getTypeMap())
  .filter((type) => !type.name.startsWith('__'))
  .flatMap((type) => {
    if (isInputObjectType(type)) {
      return Object.values(type.getFields()).map((field) => declared(`${type.name}.${field.name}`, field))
    }
    if (!isObjectType(type)) return []
    return Object.values(type.getFields()).flatMap((field) =>
      field.args.map((argument) => declared(`${type.name}.${field.name}(${argument.name}:)`, argument)),
    )
  })

function declared(coordinate: string, { name, type, defaultValue }: GraphQLArgument | GraphQLInputField): Declared {
  return { coordinate, name, typeName: getNamedType(type).name, hasDefault: defaultValue !== undefined }
}

/** The coordinates of those that fit, sorted. */
export function coordinatesOf(fits: (declared: Declared) => boolean): string[] {
  return declaredArguments
    .filter(fits)
    .map(({ coordinate }) => coordinate)
    .sort()
}
