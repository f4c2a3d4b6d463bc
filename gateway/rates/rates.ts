import type { BucketPolicy } from '../../platform/limits/buckets.ts'

/** How much may be asked. A request takes one token, and one more for each `costPerToken` of what it costs. */
export interface Rates {
  /** Of a user, or a guest. */
  readonly person: BucketPolicy
  /** Of all visitors at one address; and again of all users and guests there. */
  readonly address: BucketPolicy
  readonly costPerToken: number
}
