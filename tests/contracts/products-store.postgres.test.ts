import { postgresProductStores } from '../../subgraphs/products/stores/postgres/stores.ts'
import { openTestStores } from '../support/stores.ts'
import { productsStoreContract } from './products-store.ts'

productsStoreContract('products on PostgreSQL', async () => {
  const { stores, published, close } = await openTestStores('products', postgresProductStores)
  return { store: stores.products, published, close }
})
