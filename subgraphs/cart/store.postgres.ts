export { postgresCartStore } from './postgres/carts.ts'
export { postgresOfferStore } from './postgres/offers.ts'
