import { postgresCartStores } from '../../subgraphs/cart/stores/postgres/stores.ts'
import { openTestStores } from '../support/stores.ts'
import { cartStoreContract } from './cart-store.ts'

cartStoreContract('carts on PostgreSQL', async () => {
  const { stores, published, close } = await openTestStores('cart', postgresCartStores)
  return { carts: stores.carts, offers: stores.offers, published, close }
})
