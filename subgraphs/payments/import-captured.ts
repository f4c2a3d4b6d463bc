import type { PaymentProvider } from './provider/provider.ts'
import type { PastPayment, PaymentStore } from './stores/store.ts'

/**
 * Payments of orders long past, captured at the provider too. The provider's come first, so that no payment is ever
 * without its capture; whatever is there already is left as it is.
 */
export async function importCaptured(
  payments: readonly PastPayment[],
  { store, provider }: { store: PaymentStore; provider: PaymentProvider },
): Promise<void> {
  await provider.importCaptures?.(payments.map(({ orderId, amount }) => ({ key: orderId, amount })))
  await store.importCaptured(payments)
}
