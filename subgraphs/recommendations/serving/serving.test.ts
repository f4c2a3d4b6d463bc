import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import type { Role, Viewer } from '../../../platform/identity/viewer.ts'
import { newUuid } from '../../../platform/ids.ts'
import type { AddOptions } from '../../../tests/support/harness.ts'
import type { Json } from '../../../tests/support/shopping.ts'
import {
  startRecommendations,
  type PublishedProduct,
  type RecommendationsUnderTest,
} from '../testing/recommendations-under-test.ts'

const guest: Viewer = { kind: 'guest', id: newUuid() }
const userWith = (role: Role): Viewer => ({ kind: 'user', id: newUuid(), roles: [role] })
const staff = userWith('STAFF')

let souk: RecommendationsUnderTest
let tea: PublishedProduct, cup: PublishedProduct, pot: PublishedProduct, jug: PublishedProduct

beforeAll(async () => {
  souk = await startRecommendations()
  const sold = await souk.sell({ name: 'Tea' }, { name: 'Cup' }, { name: 'Pot' }, { name: 'Jug' })
  ;[tea, cup, pot, jug] = sold as [PublishedProduct, PublishedProduct, PublishedProduct, PublishedProduct]
  await souk.bought(...Array.from({ length: 6 }, () => [tea, cup]), [tea, pot], [jug])
  await addReplica('replica')
})
afterAll(() => souk.harness.stop())

/** One more on the same database, as another process would be. */
function addReplica(as: string, config: AddOptions['config'] = {}) {
  const database = souk.harness.databaseOf('recommendations')
  return souk.harness.add('recommendations', { as, config, given: (given) => ({ ...given, database }) })
}

async function boughtWithTea(replica: string, viewer: Viewer = guest): Promise<Json[]> {
  const query = `{ boughtWith(productIds: ["${tea.id}"]) { product { id } explanation algorithm } }`
  const { data, errors } = await souk.harness.ask(replica, { query, viewer })
  expect(errors).toEqual([])
  return data?.boughtWith as Json[]
}

const report = async (viewer: Viewer = staff, days = 7) =>
  souk.ask('recommendations', {
    viewer,
    query: `query ($days: Int!) { recommendationReport(days: $days) {
      model { version baskets products } algorithms { reason algorithm shown clicked added clickThroughRate } } }`,
    variables: { days },
  })

describe('a confirmed order', () => {
  it('changes what every replica recommends, whichever has consumed it', async () => {
    const potsIn = async (replica: string) =>
      (await boughtWithTea(replica)).find(({ product }) => product.id === pot.id)?.explanation
    expect(await potsIn('replica')).toBe('In 1 of 7 baskets with Tea')
    for (let orders = 0; orders < 4; orders += 1) await souk.order(newUuid(), tea, pot)
    for (const replica of ['recommendations', 'replica']) {
      expect(await potsIn(replica)).toBe('In 5 of 11 baskets with Tea')
    }
  })

  it('does so in every replica within two seconds, though nobody waits for it', async () => {
    const evidenceIn = async (replica: string) =>
      (await boughtWithTea(replica)).find(({ product }) => product.id === pot.id)?.explanation
    await souk.announce(newUuid(), tea, pot)
    await Promise.all(
      ['recommendations', 'replica'].map((replica) =>
        expect.poll(() => evidenceIn(replica), { timeout: 2_000, interval: 20 }).toBe('In 6 of 12 baskets with Tea'),
      ),
    )
  })

  it('of a product that nobody has bought before makes it one that goes with others', async () => {
    const [sugar] = (await souk.sell({ name: 'Sugar' })) as [PublishedProduct]
    await souk.order(newUuid(), tea, sugar)
    expect((await boughtWithTea('replica')).map(({ product }) => product.id)).toContain(sugar.id)
  })
})

describe('a trained model', () => {
  it('takes the place of the one before in every replica, with all that was learnt since', async () => {
    expect((await boughtWithTea('replica'))[0]?.algorithm).toBe('basket-neighbours')
    await souk.subgraph.train()
    await souk.order(newUuid(), tea, jug)
    for (const replica of ['recommendations', 'replica']) {
      const found = await boughtWithTea(replica)
      expect(found[0]?.algorithm).toBe('ease + basket-neighbours')
      expect(found.find(({ product }) => product.id === jug.id)?.explanation).toBe('In 1 of 14 baskets with Tea')
    }
  })

  it('is served by a process that starts later, with all that was learnt since', async () => {
    await addReplica('later')
    expect(await boughtWithTea('later')).toEqual(await boughtWithTea('recommendations'))
  })

  it('is told of to staff, who may ask for another', async () => {
    const version = async () => (await report()).data?.recommendationReport as Json
    const before = await version()
    expect(before.model).toMatchObject({ baskets: 14, products: 5 })
    const train = (viewer: Viewer) =>
      souk.ask('recommendations', { query: 'mutation { trainRecommendations }', viewer })
    expect((await train(guest)).errors).toMatchObject([{ code: 'UNAUTHENTICATED' }])
    expect((await train(staff)).data).toEqual({ trainRecommendations: true })
    await souk.subgraph.train()
    const { model } = await version()
    expect(model.version).toBeGreaterThan(before.model.version)
    expect(model.baskets).toBe(15)
  })

  it('is all that a start needs: it serves at once what was kept, and trains nothing', async () => {
    const database = souk.harness.databaseOf('recommendations')
    const runs = async () => (await database.query('select version from model_run order by version', [])).rows
    const [trained, answer] = [await runs(), await boughtWithTea('recommendations')]
    expect(answer[0]?.algorithm).toBe('ease + basket-neighbours')
    await database.query('delete from basket', [])
    await addReplica('restarted')
    expect(await boughtWithTea('restarted')).toEqual(answer)
    expect(await runs()).toEqual(trained)
  })
})

describe('the first training', () => {
  it('is begun by a replica within seconds of being asked for, though nobody wakes it', async () => {
    const shop = await startRecommendations()
    const sold = await shop.sell({ name: 'Tea' }, { name: 'Cup' })
    await shop.bought(sold, sold)
    expect(shop.subgraph.isTrained()).toBe(false)
    await shop.subgraph.requestTraining()
    await expect.poll(() => shop.subgraph.isTrained(), { timeout: 20_000 }).toBe(true)
    await shop.harness.stop()
  })
})

describe('an experiment', () => {
  it('serves its share of the sessions by another configuration, and says so', async () => {
    const everybody = { configuration: 'popularity', share: 1 } as const
    await addReplica('tried', { RECOMMENDATIONS_EXPERIMENT: everybody })
    expect((await boughtWithTea('tried'))[0]?.algorithm).toBe('popularity')
    expect((await boughtWithTea('tried', { kind: 'visitor' }))[0]?.algorithm).toBe('ease + basket-neighbours')
  })
})

describe('feedback', () => {
  const busy = { kind: 'guest', id: newUuid() } as const
  const tell = (
    event: string,
    product: { id: string },
    { viewer = guest, algorithm = 'ease' }: { viewer?: Viewer; algorithm?: string } = {},
  ) =>
    souk.ask('recommendations', {
      viewer,
      query: `mutation ($input: RecommendationFeedbackInput!) { recommendationFeedback(input: $input) {
        ... on RecommendationFeedback { count } ... on Refusal { code } ... on InvalidInput { field } } }`,
      variables: {
        input: { event, recommendations: [{ productId: product.id, reason: 'FITS_YOUR_CART', algorithm }] },
      },
    })

  it('is reported by algorithm, each once a day for a session', async () => {
    expect((await tell('SHOWN', cup)).data).toEqual({ recommendationFeedback: { count: 1 } })
    await tell('SHOWN', cup)
    await tell('SHOWN', pot)
    await tell('CLICKED', cup)
    await tell('SHOWN', cup, { viewer: { kind: 'guest', id: newUuid() }, algorithm: 'magic' })
    await tell('ADDED', cup)
    await tell('ADDED', pot, { viewer: { kind: 'guest', id: newUuid() } })
    await tell('CLICKED', pot, { algorithm: 'basket-neighbours' })
    await tell('SHOWN', cup, { algorithm: 'text-similarity' })
    const { data } = await report()
    expect((data?.recommendationReport as Json).algorithms).toEqual([
      { reason: 'FITS_YOUR_CART', algorithm: 'ease', shown: 2, clicked: 1, added: 1, clickThroughRate: 0.5 },
    ])
  })

  it('is refused of whom tells more than anybody can look at', async () => {
    const flooding: Viewer = { kind: 'guest', id: newUuid() }
    const answers = await Promise.all(Array.from({ length: 130 }, () => tell('SHOWN', pot, { viewer: flooding })))
    const refused = answers.flatMap(({ errors }) => errors)
    expect(refused.length).toBeGreaterThanOrEqual(9)
    expect(new Set(refused.map(({ code }) => code))).toEqual(new Set(['RATE_LIMITED']))
    expect((await tell('CLICKED', pot)).errors).toEqual([])
    await souk.harness
      .databaseOf('recommendations')
      .query(
        `insert into feedback select now() at time zone 'utc', $1::uuid, 'SHOWN', 'POPULAR', 'popularity', gen_random_uuid() from generate_series(1, 3000)`,
        [busy.id],
      )
    expect((await tell('SHOWN', pot, { viewer: busy })).errors).toMatchObject([{ code: 'RATE_LIMITED' }])
    await souk.harness
      .databaseOf('recommendations')
      .query('delete from feedback where viewer_id in ($1, $2)', [busy.id, flooding.id])
  })

  it('is refused of what is no product, of nothing, and of who has no session', async () => {
    expect((await tell('SHOWN', { id: newUuid() })).data).toEqual({ recommendationFeedback: { code: 'NOT_FOUND' } })
    expect((await tell('SHOWN', cup, { algorithm: 'DROP TABLE' })).data).toEqual({
      recommendationFeedback: { code: 'INVALID_INPUT', field: 'recommendations.0.algorithm' },
    })
    expect((await tell('SHOWN', cup, { viewer: { kind: 'visitor' } })).errors).toMatchObject([
      { code: 'UNAUTHENTICATED' },
    ])
  })

  it.each([
    ['a visitor', { kind: 'visitor' } as const, 'UNAUTHENTICATED'],
    ['a guest', guest, 'UNAUTHENTICATED'],
    ['a shopper', userWith('SHOPPER'), 'FORBIDDEN'],
  ])('is not reported to %s', async (_who, viewer, code) => {
    const { data, errors } = await report(viewer)
    expect(data ?? null).toBeNull()
    expect(errors).toMatchObject([{ code, path: ['recommendationReport'] }])
  })

  it('is reported to staff, for as many days as are kept', async () => {
    for (const viewer of [staff, userWith('ADMIN')]) {
      const { data, errors } = await report(viewer, 90)
      expect(errors).toEqual([])
      expect((data?.recommendationReport as Json).algorithms).toHaveLength(1)
    }
    for (const days of [0, 91]) expect((await report(staff, days)).errors).toMatchObject([{ code: 'INVALID_INPUT' }])
  })
})
