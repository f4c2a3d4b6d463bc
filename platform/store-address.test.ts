import { describe, expect, it } from 'vitest'

import { isSameStore, storeAddress } from './store-address.ts'

describe('the address of a store', () => {
  it.each([
    ['redis://127.0.0.1:6379', '127.0.0.1:6379'],
    ['rediss://cart:a%2Fword@redis.internal:6379/2', 'redis.internal:6379/2'],
    ['nats://souk:word@n1:4222,nats://souk:word@n2:4222', 'n1:4222,n2:4222'],
    ['mongodb://souk:wo@rd@m1:27017,m2:27017/souk?replicaSet=souk', 'm1:27017,m2:27017/souk'],
    ['mongodb://souk:wo/rd@m1:27017/souk', 'm1:27017/souk'],
    ['mongodb://souk:wo?rd@m1:27017/souk', 'm1:27017/souk'],
    ['mongodb+srv://souk:word@shop.example.org/?authSource=a@b', 'shop.example.org'],
  ])('of %s is %s: nothing secret is in it', (url, address) => {
    expect(storeAddress(url)).toBe(address)
  })

  it.each([
    ['localhost:6379', '127.0.0.1:6379'],
    ['n1:4222,n2:4222', 'n2:4222'],
    ['m1:27017,m2:27017/souk', 'M2:27017/souk'],
  ])('%s and %s are one store', (left, right) => {
    expect(isSameStore(left, right)).toBe(true)
  })

  it.each([
    ['localhost:6379', 'localhost:6380'],
    ['m1:27017/souk', 'm1:27017/other'],
    ['m1:27017/souk', 'm1:27017'],
  ])('%s and %s are two', (left, right) => {
    expect(isSameStore(left, right)).toBe(false)
  })
})
