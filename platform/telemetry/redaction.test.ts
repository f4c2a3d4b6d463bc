import { describe, expect, it } from 'vitest'

import { isSecretVariable, redact, redactText } from './redaction.ts'

describe('redaction', () => {
  it('leaves out who and where people are, and what they pay with, at any depth', () => {
    const message = {
      type: 'orders.OrderPlaced',
      data: {
        orderId: '01890a5d-ac96-774b-bcce-b302099a8057',
        total: { amount: 1250, currency: 'GBP' },
        paymentMethodToken: 'tok_approve',
        shippingAddress: { recipient: 'Ada', postcode: 'SW1Y 4JH' },
        notices: [{ email: 'ada@example.com', sent: true, note: null }],
        recipient: 'Ada',
      },
    }
    expect(redact(message)).toEqual({
      type: 'orders.OrderPlaced',
      data: {
        orderId: '01890a5d-ac96-774b-bcce-b302099a8057',
        total: { amount: 1250, currency: 'GBP' },
        paymentMethodToken: '[redacted]',
        shippingAddress: '[redacted]',
        notices: [{ email: '[redacted]', sent: true, note: null }],
        recipient: '[redacted]',
      },
    })
  })

  it('finds them within texts too', () => {
    expect(redactText('550 no mailbox <ada.lovelace@example.co.uk>: refused')).toBe(
      '550 no mailbox <[redacted]>: refused',
    )
    expect(redactText('the provider knows no tok_visa_4242')).toBe('the provider knows no [redacted]')
    expect(redact(['to "ada@example.com"', 5])).toEqual(['to "[redacted]"', 5])
  })

  it('leaves all else as it is', () => {
    for (const text of [
      'stock_movement',
      'orders.OrderPlaced',
      'a @ b',
      '2 x token',
      'at /souk/node_modules/@apollo/gateway/index.js:1:2',
      '2026-03-01T12:00:00.000Z',
    ]) {
      expect(redactText(text)).toBe(text)
    }
  })

  it('is the same for variables of the environment', () => {
    for (const name of ['PROPOSAL_SECRET', 'SMTP_PASSWORD', 'API_TOKEN', 'SIGNING_KEY', 'KEY'])
      expect(isSecretVariable(name)).toBe(true)
    for (const name of ['PORT', 'KEYBOARD', 'SOUK_DATA_DIR', 'LOG_LEVEL']) expect(isSecretVariable(name)).toBe(false)
  })
})
