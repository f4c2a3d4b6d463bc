import { z } from 'zod'

/** What can be set of the gateway; environment variables of the same names. */
export const gatewayConfig = z.object({
  /** 0 takes any that is free. */
  PORT: z.coerce.number().int().min(0).max(65_535).default(4000),
  /** The address to listen on; localhost unless told. */
  HOST: z.string().default('localhost'),
  /** Milliseconds a subgraph may take over one fetch. */
  FETCH_DEADLINE_MS: z.coerce.number().int().min(100).max(60_000).default(10_000),
})

/** Apollo's gateway reports its start to Apollo unless this is set before it loads. */
export function disableTelemetry(): void {
  process.env.APOLLO_TELEMETRY_DISABLED = 'true'
}
