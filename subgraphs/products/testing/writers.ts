import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'

import { productState } from '../../../contracts/products.ts'
import { systemClock } from '../../../platform/clock.ts'
import { newUuid } from '../../../platform/ids.ts'
import { createTurns } from '../../../platform/work/turns.ts'
import { createEditing } from '../editing/editing.ts'
import { productMutations } from '../graph/mutations.ts'
import { product, staff, type OpenShop, type Shop } from './shop.ts'

export function writersBehaviour(openShop: OpenShop): void {
  const mug = product('Red Mug', { prices: [300, 900] })
  const plate = product('Plate')

  let shop: Shop

  beforeAll(async () => {
    shop = await openShop([mug, plate])
    await shop.answerAsInventory()
  })

  afterAll(() => shop.stop())

  async function stateOf(productId: string) {
    await shop.harness.settled()
    return (await shop.harness.published(productState)).find(({ subject }) => subject === productId)
  }

  const createProduct = `mutation ($input: CreateProductInput!) {
  createProduct(input: $input) {
    __typename ... on Product { slug } ... on Refusal { code } ... on InvalidInput { field }
  }
}`
  const setPrice = `mutation ($variantId: ID!, $amount: MinorUnits!) {
  setPrice(variantId: $variantId, amount: $amount) {
    __typename ... on ProductVariant { price { amount } } ... on Refusal { code }
  }
}`

  async function create(name: string, sku: string): Promise<Record<string, unknown>> {
    const variants = [{ sku, name, price: 1_500, initialStock: 7 }]
    const input = { name, description: 'For the kitchen.', category: 'kitchen', variants }
    const { data, errors } = await shop.ask(createProduct, { input }, staff)
    expect(errors).toEqual([])
    return z.object({ createProduct: z.record(z.string(), z.unknown()) }).parse(data).createProduct
  }

  describe('many members of staff at once', () => {
    test.each([20, 100])('create %i products of one name, and each has a slug of its own', async (many) => {
      const name = `Milk Jug for ${many}`
      const results = await Promise.all(Array.from({ length: many }, (_, at) => create(name, `MILK-${many}-${at}`)))
      const slugs = results.map((result) => result.slug)
      const base = `milk-jug-for-${many}`
      const wanted = [base, ...Array.from({ length: many - 1 }, (_, at) => `${base}-${at + 2}`)]
      expect(slugs.toSorted()).toEqual(wanted.toSorted())
    })

    test('create products of one SKU, and one has it, the others are refused', async () => {
      const results = await Promise.all(Array.from({ length: 20 }, (_, at) => create(`Tray ${at}`, 'TRAY')))
      const refusals = results.filter((result) => result.__typename !== 'Product')
      expect(refusals).toHaveLength(19)
      expect(refusals).toEqual(
        refusals.map(() => expect.objectContaining({ code: 'INVALID_INPUT', field: 'variants.0.sku' })),
      )
    })

    test.each([20, 100])('set %i prices of one product, and none is lost or refused', async (many) => {
      const before = await stateOf(mug.id)
      const amounts = Array.from({ length: many }, (_, at) => 1_000 * many + at)
      const answers = await Promise.all(
        amounts.map((amount, at) => shop.ask(setPrice, { variantId: mug.variants[at % 2]?.id, amount }, staff)),
      )
      expect(answers.flatMap(({ errors }) => errors)).toEqual([])
      expect(answers.map(({ data }) => data?.setPrice)).toEqual(
        amounts.map((amount) => expect.objectContaining({ __typename: 'ProductVariant', price: { amount } })),
      )
      const state = await stateOf(mug.id)
      const versionBefore: number = before?.aggregateversion ?? 0
      expect(state?.aggregateversion).toBe(versionBefore + many)
      const [first = 0, second = 0] = state?.data.variants.map(({ price }) => price.amount) ?? []
      expect([first % 2, second % 2]).toEqual([0, 1])
      expect(amounts).toContain(first)
      expect(amounts).toContain(second)
    })
  })

  describe('replicas that share a store', () => {
    /** Each has a memory of its own, as a process has; and time enough for all of them, on however slow a server. */
    const replicas = () =>
      Array.from({ length: 4 }, () => {
        const store = shop.anotherStore()
        const turns = createTurns({ within: 20_000 })
        return createEditing({ store, clock: systemClock, newId: newUuid, stocked: atOnce, gone: atOnce }, turns)
      })

    test('change one product, and none of 40 changes is lost or refused', async () => {
      const [variant] = plate.variants
      const outcomes = await Promise.all(
        replicas().flatMap((editing, replica) =>
          Array.from({ length: 10 }, (_, at) => editing.setPrice(variant?.id ?? '', 1_000 + 10 * replica + at)),
        ),
      )
      expect(outcomes.map(({ kind }) => kind)).toEqual(outcomes.map(() => 'EDITED'))
      const versions = outcomes.map((outcome) => (outcome.kind === 'EDITED' ? outcome.product.version : 0))
      expect(versions.toSorted((left, right) => left - right)).toEqual(versions.map((_, at) => at + 2))
    })

    test('give one name 40 slugs', async () => {
      const of = (sku: string) => ({ sku, name: 'One', price: 1, initialStock: 0 })
      const outcomes = await Promise.all(
        replicas().flatMap((editing, replica) =>
          Array.from({ length: 10 }, (_, at) =>
            editing.createProduct({
              ...{ name: 'Sieve', description: 'To sift.', category: 'kitchen' },
              variants: [of(`SIEVE-${replica}-${at}`)],
            }),
          ),
        ),
      )
      const slugs = outcomes.map((outcome) => (outcome.kind === 'EDITED' ? outcome.product.slug : outcome.kind))
      expect(new Set(slugs).size).toBe(40)
      expect(slugs.every((slug) => slug.startsWith('sieve'))).toBe(true)
    })
  })

  test('a product that others change all the time is refused with CONFLICT, and is no failure', async () => {
    const store = shop.anotherStore()
    const neverFirst = { ...store, save: () => Promise.resolve('CHANGED_MEANWHILE' as const) }
    const editing = createEditing({
      store: neverFirst,
      clock: systemClock,
      newId: newUuid,
      stocked: never,
      gone: never,
    })
    const answer = await productMutations(editing).setPrice({ variantId: plate.variants[0]?.id, amount: 77_777 })
    expect(answer).toMatchObject({ __typename: 'Refused', code: 'CONFLICT' })
  })

  function atOnce(): Promise<void> {
    return Promise.resolve()
  }

  function never(): Promise<void> {
    return Promise.reject(new Error('nothing was created'))
  }
}
