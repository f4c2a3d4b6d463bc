import { expect, it } from 'vitest'

import { StartError } from '../../embedded/start-error.ts'
import { readExtractSettings } from './settings.ts'

it('one subgraph runs apart, with a Redis where it uses one', () => {
  expect(readExtractSettings(['orders'])).toEqual({ name: 'orders', onRedis: false })
  expect(readExtractSettings(['cart', '--redis'])).toEqual({ name: 'cart', onRedis: true })
})

it.each([
  [[], 'No subgraph is named.'],
  [['carts'], 'carts is no subgraph.'],
  [['cart', 'users'], 'One subgraph can run apart, and 2 are named: cart, users.'],
  [['cart', '--postgres'], 'cart --postgres is not understood.'],
  [['orders', '--redis'], 'orders keeps nothing in Redis.'],
])('%j is refused', (words, message) => {
  expect(() => readExtractSettings(words)).toThrow(StartError)
  expect(() => readExtractSettings(words)).toThrow(message)
})
