import type { Environment } from '../../platform/config.ts'
import type { PostgresDatabase } from '../../platform/postgres/database.ts'
import { openCartMove } from './cart.ts'
import type { OpenMove } from './move.ts'
import { openProductsMove } from './products.ts'

type OpensMove = (from: PostgresDatabase, environment: Environment) => Promise<OpenMove>

/** The subgraphs that have a store of another driver to move to. */
export const moves: Readonly<Record<string, OpensMove>> = { products: openProductsMove, cart: openCartMove }
