import { describe, expect, it } from 'vitest'

import { readConfig } from './config.ts'

describe('the configuration of the one process', () => {
  it('needs nothing set', () => {
    expect(readConfig({})).toMatchObject({ PORT: 4000, HOST: 'localhost', MAIL_FROM: 'Souk <orders@souk.test>' })
  })

  it.each(['orders@example.org', 'Souk <orders@example.org>', '<orders@example.org>'])('sends mail from %s', (from) => {
    expect(readConfig({ MAIL_FROM: from }).MAIL_FROM).toBe(from)
  })

  it.each([
    [{ MAIL_FROM: 'nobody' }, 'MAIL_FROM is "nobody": expected an e-mail address such as Souk <orders@example.org>'],
    [{ MAIL_FROM: 'a@b\r\nBcc: c@d' }, 'MAIL_FROM is "a@b\\r\\nBcc: c@d": expected an e-mail address'],
    [{ SMTP_URL: 'mail.example.org' }, 'SMTP_URL is "mail.example.org": expected an address such as smtp://'],
    [{ SMTP_URL: 'smtp://' }, 'SMTP_URL is "smtp://": expected an address such as smtp://mail.example.org'],
    [{ NODE_ENV: 'prod' }, 'NODE_ENV is "prod": expected one of development, test, production'],
    [{ FETCH_DEADLINE_MS: '5s' }, 'FETCH_DEADLINE_MS is "5s": expected a whole number from 100 to 60000'],
  ])('refuses %o', (environment, said) => {
    expect(() => readConfig(environment)).toThrow(said)
  })
})
