import { demoId } from './ids.ts'

/** Who can sign in to try Souk; made by the seed, refused in production. */
export const demoAccounts = [
  {
    role: 'Demo shopper',
    id: demoId('user', 'shopper', 0),
    email: 'shopper@souk.test',
    password: 'souk-demo-shopper',
    name: 'Sam Shopper',
    roles: ['SHOPPER'],
  },
  {
    role: 'Demo staff',
    id: demoId('user', 'staff', 1),
    email: 'staff@souk.test',
    password: 'souk-demo-staff',
    name: 'Stella Staff',
    roles: ['SHOPPER', 'STAFF', 'ADMIN'],
  },
] as const

/** Where the demo shopper's past orders went. */
export const demoAddress = {
  recipient: 'Sam Shopper',
  line1: '1 Market Street',
  city: 'London',
  postcode: 'EC1A 1BB',
  country: 'GB',
} as const
