import type { Money } from '../../../platform/money.ts'
import type { PastCapture } from './provider.ts'

export interface Charge {
  readonly key: string
  readonly token: string
  readonly amount: Money
  /** What it comes to: `CAPTURED`, or the reason of a decline. */
  readonly outcome: string
  /** What the first call of the key comes to; null leaves the charge open. */
  readonly atFirst: string | null
}

/** The test provider's own books, as a real one keeps them on its side. */
export interface Ledger {
  /** Counts the call and settles the charge: the first outcome of a key stands for ever. Null while it is open. */
  charge(charge: Charge): Promise<string | null>
  /** Null while the charge is open, or was never seen. */
  outcomeOf(key: string): Promise<string | null>
  /** A repeat of the same key is one refund. */
  refund(refund: { readonly key: string; readonly captureKey: string; readonly amount: Money }): Promise<void>
  /** Enters captures of long ago; those known already are left as they are. */
  importCaptures(captures: readonly PastCapture[]): Promise<void>
}
