import { afterAll, beforeAll, expect, it } from 'vitest'

import { services } from '../../deploy/nats/services.ts'
import { openStores, type OpenStores } from '../../embedded/stores.ts'
import { startTestSouk, type TestSouk } from '../support/souk.ts'

let shop: TestSouk
let open: OpenStores
beforeAll(async () => {
  shop = await startTestSouk()
  open = await openStores(shop.dataDir)
})
afterAll(async () => {
  await open.close()
  await shop.stop()
})

interface Said {
  readonly service: string
  readonly type: string
}

it('what the services say in a shop that has sold something is what they have the right to say where they run apart', async () => {
  const { rows } = await open.stores.bus.query<Said>(
    `select distinct substr(message ->> 'source', 7) as service, type
     from (select message, type from log union all select message, type from state) as said`,
  )
  expect(rows.length).toBeGreaterThan(10)
  const rights = new Map(services.map(({ name, publishes }) => [name, publishes.map(({ type }): string => type)]))
  expect(rows.filter(({ service, type }) => !rights.get(service)?.includes(type))).toEqual([])
})

it('who hears what they say is who has the right to where they run apart', async () => {
  const { rows } = await open.stores.bus.query<{ consumer: string; stream: string }>(
    'select distinct consumer, stream from subscription',
  )
  const named = (stream: string) => rows.filter((row) => row.stream === stream).map(({ consumer }) => consumer)
  expect(named('state').sort()).toEqual(services.flatMap(({ readers }) => readers).sort())
  expect(named('log').sort()).toEqual(
    services
      .filter(({ consumes }) => consumes)
      .map(({ name }) => name)
      .sort(),
  )
})
