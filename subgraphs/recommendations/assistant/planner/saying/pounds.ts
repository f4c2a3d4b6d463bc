/** In words; amounts are in the shop's one currency. */
export function pounds(amount: number): string {
  return `£${(amount / 100).toFixed(2)}`
}
