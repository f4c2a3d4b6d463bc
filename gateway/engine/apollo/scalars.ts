import { isScalarType, type GraphQLSchema } from 'graphql'

import { currencyCodeScalar, dateTimeScalar, minorUnitsScalar } from '../../../platform/graphql/scalars.ts'

/** Their values are parsed in the gateway already: a wrong one is refused before anything is fetched. */
export function knowScalars(schema: GraphQLSchema): void {
  for (const scalar of [dateTimeScalar, minorUnitsScalar, currencyCodeScalar]) {
    const known = schema.getType(scalar.name)
    if (isScalarType(known)) Object.assign(known, { parseValue: scalar.parseValue, parseLiteral: scalar.parseLiteral })
  }
}
