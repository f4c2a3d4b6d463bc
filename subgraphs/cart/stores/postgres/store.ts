export { postgresCartStore } from './carts.ts'
export { postgresOfferStore } from './offers.ts'
