import { stockCommitted, stockRefused, stockReleased, stockReserved } from '../../../contracts/inventory.ts'
import type { Harness } from '../../../tests/support/harness.ts'

/** The types of what inventory has answered an order, in order. */
export async function answersTo(harness: Harness, orderId: string): Promise<string[]> {
  await harness.settled()
  const answers = await Promise.all(
    [stockReserved, stockRefused, stockCommitted, stockReleased].map((definition) =>
      harness.published<unknown>(definition),
    ),
  )
  return answers
    .flat()
    .filter(({ subject }) => subject === orderId)
    .sort((left, right) => (left.id < right.id ? -1 : 1))
    .map(({ type }) => type)
}
