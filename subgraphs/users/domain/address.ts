/** Of a user's addresses one is the default, as long as there is any. */
export interface Address {
  readonly id: string
  readonly userId: string
  readonly recipient: string
  readonly line1: string
  readonly line2?: string | undefined
  readonly city: string
  readonly postcode: string
  readonly country: string
  readonly isDefault: boolean
  readonly createdAt: Date
}

export const mostAddresses = 20

/** Which address becomes the default once `removed` is gone; `remaining` is sorted oldest first. */
export function nextDefault(removed: Address, remaining: readonly Address[]): Address | undefined {
  return removed.isDefault ? remaining[0] : undefined
}
