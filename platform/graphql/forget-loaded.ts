import DataLoader from 'dataloader'
import type { GraphQLFieldResolver } from 'graphql'

/**
 * After a field of `Mutation` no loader of the request keeps what it had read: what is answered of the mutation, and the
 * mutations after it, are read as they are now. Holds whichever loader a mutation's effect may show in.
 */
export async function forgetLoaded(
  resolve: (...given: ResolverArguments) => unknown,
  ...given: ResolverArguments
): Promise<unknown> {
  try {
    return await resolve(...given)
  } finally {
    const [, , context] = given
    clearLoaders(context)
  }
}

type ResolverArguments = Parameters<GraphQLFieldResolver<unknown, unknown>>

/** A context has its loaders at hand, or in one object of them. */
function clearLoaders(context: unknown): void {
  for (const value of valuesOf(context)) {
    for (const loader of [value, ...valuesOf(value)]) if (loader instanceof DataLoader) loader.clearAll()
  }
}

function valuesOf(value: unknown): unknown[] {
  return value !== null && typeof value === 'object' ? Object.values(value) : []
}
