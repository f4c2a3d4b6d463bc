import { afterAll, beforeAll, expect, it } from 'vitest'

import { documentedExample } from '../support/documented.ts'
import { createClient } from '../support/shopping.ts'
import { startTestSouk, type TestSouk } from '../support/souk.ts'

let souk: TestSouk
beforeAll(async () => {
  souk = await startTestSouk()
})
afterAll(() => souk.stop())

it("the README's query is answered as the README shows, before anything was trained", async () => {
  const { query, answer } = await documentedExample()
  const { data, errors } = await createClient(souk.url).send(query)
  expect({ data, errors }).toEqual({ ...answer, errors: [] })
})
