import type { NewId } from '../../platform/ids.ts'
import type { Carts, ChangedCart } from './carts.ts'
import { addItem, clear, updateLine, type Cart, type CartOwner } from './domain.ts'
import type { ProposalGuards, ReadProposal } from './proposals.ts'
import type { OfferStore } from './stores/store.ts'

export interface ChangeDependencies {
  readonly carts: Carts
  readonly offers: OfferStore
  readonly readProposal: ReadProposal
  readonly guards: Pick<ProposalGuards, 'accept'>
  readonly newId: NewId
}

/** The changes of a cart that its owner can ask for. */
export interface CartChanges {
  addItem(owner: CartOwner, wanted: { variantId: string; quantity: number }): Promise<ChangedCart>
  /** @param cart as it was read last: the variants whose offers the change may need */
  updateLine(
    cart: Cart | undefined,
    owner: CartOwner,
    wanted: { lineId: string; quantity: number },
  ): Promise<ChangedCart>
  clear(owner: CartOwner): Promise<ChangedCart>
  acceptProposal(owner: CartOwner, token: string): Promise<ChangedCart>
}

export function cartChanges({ carts, offers, readProposal, guards, newId }: ChangeDependencies): CartChanges {
  return {
    async addItem(owner, wanted) {
      const offer = (await offers.offers([wanted.variantId])).get(wanted.variantId)
      const lineId = newId()
      return carts.change(owner, (cart) => addItem(cart, { ...wanted, lineId }, offer))
    },

    async updateLine(read, owner, wanted) {
      const known = await offers.offers(read?.lines.map(({ variantId }) => variantId) ?? [])
      return carts.change(owner, (cart) => {
        const line = cart.lines.find(({ id }) => id === wanted.lineId)
        return updateLine(cart, wanted, known.get(line?.variantId ?? ''))
      })
    },

    clear: (owner) => carts.change(owner, clear),

    async acceptProposal(owner, token) {
      const proposal = await readProposal(token, owner)
      if (proposal === undefined) {
        return { kind: 'REFUSED', code: 'PROPOSAL_EXPIRED', message: 'This proposal cannot be used any more.' }
      }
      const lines = proposal.lines.map((line) => ({ ...line, id: newId() }))
      const variantIds = lines.map(({ variantId }) => variantId)
      const [known, shown] = await Promise.all([offers.offers(variantIds), offers.shown(variantIds)])
      const isPrice = ({ variantId, price }: (typeof lines)[number]) => {
        const now = shown.get(variantId)?.price
        return now === undefined || (now.amount === price.amount && now.currency === price.currency)
      }
      const atItsPrices = lines.every(isPrice)
      return carts.change(owner, (cart) => guards.accept(cart, { id: proposal.jti, lines, atItsPrices }, known))
    },
  }
}
