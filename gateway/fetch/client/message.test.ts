import { expect, it } from 'vitest'

import { messageOf } from './message.ts'

const request = { method: 'POST', path: '/graphql?a=b', headers: { accept: '*/*' }, body: '{"a":"é"}' } as const

it('a request names its server, and how many bytes its body has', () => {
  expect(messageOf(request, 'cart:4004')).toBe(
    'POST /graphql?a=b HTTP/1.1\r\nhost: cart:4004\r\naccept: */*\r\ncontent-length: 10\r\n\r\n{"a":"é"}',
  )
  expect(messageOf({ method: 'GET', path: '/', headers: {} }, 'cart')).toBe('GET / HTTP/1.1\r\nhost: cart\r\n\r\n')
})

it('the bytes of a header are those that the client has sent, as Node reads them', () => {
  const message = messageOf({ ...request, headers: { 'x-city': 'K\xf6ln' } }, 'cart')
  expect(Buffer.isBuffer(message) && message.toString('latin1')).toContain('x-city: K\xf6ln\r\n')
  expect(Buffer.isBuffer(message) && message.toString()).toContain('{"a":"é"}')
})

it.each(['a\r\nb: c', 'a\nb', 'a\rb', 'a\0b', 'a\x7fb', 'aĀb'])('%j is no value of a header', (value) => {
  expect(() => messageOf({ ...request, headers: { 'x-a': value } }, 'cart')).toThrow(TypeError)
})
