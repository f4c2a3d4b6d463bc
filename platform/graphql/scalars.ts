import { GraphQLError, GraphQLScalarType, Kind } from 'graphql'
import { z } from 'zod'

/** The scalars all subgraphs share; each names in its schema those it uses. */

/** In and out as Date; an ISO 8601 instant in UTC on the wire. */
export const dateTimeScalar = new GraphQLScalarType<Date, string>({
  name: 'DateTime',
  serialize(value) {
    if (value instanceof Date) return value.toISOString()
    throw new GraphQLError('DateTime must be resolved from a Date')
  },
  parseValue: (value) => parseInstant(value),
  parseLiteral: (node) => parseInstant(node.kind === Kind.STRING ? node.value : undefined),
})

/** A whole number of minor units, exact up to 2^53 - 1. */
export const minorUnitsScalar = new GraphQLScalarType<number, number>({
  name: 'MinorUnits',
  serialize: (value) => parseMinorUnits(value),
  parseValue: (value) => parseMinorUnits(value),
  parseLiteral: (node) => parseMinorUnits(node.kind === Kind.INT ? Number(node.value) : undefined),
})

/** An ISO 4217 code. */
export const currencyCodeScalar = new GraphQLScalarType<string, string>({
  name: 'CurrencyCode',
  serialize: (value) => parseCurrency(value),
  parseValue: (value) => parseCurrency(value),
  parseLiteral: (node) => parseCurrency(node.kind === Kind.STRING ? node.value : undefined),
})

const instant = z.iso.datetime()

function parseInstant(value: unknown): Date {
  const parsed = instant.safeParse(value)
  if (parsed.success) return new Date(parsed.data)
  throw new GraphQLError('DateTime must be an ISO 8601 instant in UTC, such as 2026-01-31T12:00:00Z')
}

function parseMinorUnits(value: unknown): number {
  // -0 is 0, so that equal amounts are written alike.
  if (typeof value === 'number' && Number.isSafeInteger(value)) return value === 0 ? 0 : value
  throw new GraphQLError('MinorUnits must be a whole number between -(2^53 - 1) and 2^53 - 1')
}

function parseCurrency(value: unknown): string {
  if (typeof value === 'string' && /^[A-Z]{3}$/.test(value)) return value
  throw new GraphQLError('CurrencyCode must be an ISO 4217 code, such as GBP')
}
