import type { AuditOptions, Finding } from '../../audit/audit.ts'
import type { OpenStores } from '../../embedded/stores.ts'
import type { PassportOffice } from '../../platform/identity/passport.ts'
import type { Bus } from '../../platform/messaging/bus.ts'
import type { Subgraph } from '../../platform/subgraph/subgraph.ts'

/** What tests ask of a subgraph by itself, in this process or over HTTP. */
type TestedSubgraph = Pick<Subgraph, 'name' | 'execute' | 'settled'>

/**
 * A training that knows no product is done at once, and recommends as none does. A real one takes all of a core for half a
 * minute and changes what is recommended in the middle of a test: who tries it starts a shop without this.
 */
export const untrained = { RECOMMENDATIONS_TRAINED_PRODUCTS: '0' }

export interface TestSouk {
  /** Such as `http://localhost:41234`. */
  readonly url: string
  readonly souk: {
    readonly bus: Bus
    /** What the gateway signs with. */
    readonly passports: PassportOffice
    readonly subgraphs: Readonly<Record<string, TestedSubgraph>>
  }
  readonly dataDir: string
  /** What is on PostgreSQL. */
  openStores(): Promise<OpenStores>
  /** The laws, each asked of the store that it is about. */
  audit(options?: AuditOptions): Promise<Finding[]>
  stop(): Promise<void>
}
