import { afterAll, beforeAll, describe } from 'vitest'

import { startTestSouk, type TestSouk } from '../support/souk.ts'
import { compression } from './http/compression.ts'
import { malformedRequests } from './http/malformed.ts'
import { pages } from './http/pages.ts'
import { refusals } from './http/refusals.ts'
import { otherRoutes, production, tokens } from './http/routes.ts'

describe('Souk over HTTP', () => {
  let souk: TestSouk

  beforeAll(async () => {
    souk = await startTestSouk()
  })

  afterAll(() => souk.stop())

  malformedRequests(() => souk.url)
  tokens(() => souk.url)
  otherRoutes(() => souk.url)
  compression(() => souk.url)
  pages(() => souk.url)
  refusals(() => souk.url)
})

describe('Souk over HTTP', () => {
  let souk: TestSouk

  beforeAll(async () => {
    // Tokens of a second, so that one can be seen to end.
    souk = await startTestSouk({ NODE_ENV: 'production', ACCESS_TOKEN_MINUTES: '0.02' })
  })

  afterAll(() => souk.stop())

  production(() => souk.url)
})
