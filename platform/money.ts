/** An amount in whole minor units of a currency (pence for GBP), exact up to 2^53 - 1. No float ever touches it. */
export interface Money {
  readonly amount: number
  readonly currency: string
}

/** @throws RangeError when `amount` is not a safe integer */
export function money(amount: number, currency: string): Money {
  if (!Number.isSafeInteger(amount)) throw new RangeError(`${amount} is not a whole number of minor units`)
  return { amount, currency }
}

/** @throws RangeError when the currencies differ or the sum is beyond 2^53 - 1 */
export function addMoney(left: Money, right: Money): Money {
  if (left.currency !== right.currency) throw new RangeError(`cannot add ${right.currency} to ${left.currency}`)
  return money(left.amount + right.amount, left.currency)
}

/** The price of `quantity` units. */
export function timesMoney(unit: Money, quantity: number): Money {
  return money(unit.amount * quantity, unit.currency)
}

/** The total of amounts of one currency; `currency` is that of an empty total. */
export function sumMoney(amounts: Iterable<Money>, currency: string): Money {
  let total = money(0, currency)
  for (const amount of amounts) total = addMoney(total, amount)
  return total
}

/** For people: `£12.50`. */
export function formatMoney({ amount, currency }: Money): string {
  const format = new Intl.NumberFormat('en-GB', { style: 'currency', currency })
  const digits = format.resolvedOptions().maximumFractionDigits ?? 0
  // Exact, where a division is not. The cast: `${number}` is all that the types know of a number written down.
  return format.format(`${amount}E-${digits}` as `${number}`)
}
