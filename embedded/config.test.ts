import { describe, expect, it } from 'vitest'

import { readConfig } from './config.ts'

describe('the configuration of the one process', () => {
  it('needs nothing set', () => {
    expect(readConfig({})).toMatchObject({ PORT: 4000, HOST: 'localhost', MAIL_FROM: 'Souk <orders@souk.test>' })
  })

  it('reads lists, with spaces or without', () => {
    const { ALLOWED_HOSTS, CORS_ORIGINS } = readConfig({
      ALLOWED_HOSTS: 'shop.example.org, *.example.org,10.0.0.7,::1',
      CORS_ORIGINS: 'https://shop.example.org,http://localhost:3000',
    })
    expect(ALLOWED_HOSTS).toEqual(['shop.example.org', '*.example.org', '10.0.0.7', '::1'])
    expect(CORS_ORIGINS).toEqual(['https://shop.example.org', 'http://localhost:3000'])
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
    [{ ALLOWED_HOSTS: 'https://shop.example.org' }, 'ALLOWED_HOSTS is "https://shop.example.org": expected names or'],
    [
      { ALLOWED_HOSTS: 'a.example:8080' },
      'ALLOWED_HOSTS is "a.example:8080": expected names or addresses without a port',
    ],
    [{ TRUSTED_PROXIES: '10.0.0.0/33' }, 'TRUSTED_PROXIES is "10.0.0.0/33": expected addresses or subnets'],
    [{ TRUSTED_PROXIES: 'proxy.example' }, 'TRUSTED_PROXIES is "proxy.example": expected addresses or subnets'],
    [{ CORS_ORIGINS: '*' }, 'CORS_ORIGINS is "*": expected origins separated by commas, such as https://'],
    [{ CORS_ORIGINS: 'https://a.example/' }, 'CORS_ORIGINS is "https://a.example/": expected origins separated'],
    [
      { RECOMMENDATIONS_EXPERIMENT: 'foo:0.1' },
      'RECOMMENDATIONS_EXPERIMENT is "foo:0.1": expected a configuration and its share of the sessions, such as',
    ],
    [{ FETCH_DEADLINE_MS: '5s' }, 'FETCH_DEADLINE_MS is "5s": expected a whole number from 100 to 60000'],
  ])('refuses %o', (environment, problem) => {
    expect(() => readConfig(environment)).toThrow(problem)
  })
})
