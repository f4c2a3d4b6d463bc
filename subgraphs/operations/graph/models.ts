import type { DeadLetter } from '../../../platform/messaging/bus.ts'

/** What the resolvers of a graph type are handed, where it is not the graph's own shape. */

/** As the bus keeps it. */
export type DeadLetterModel = DeadLetter
