import { isObjectType } from 'graphql'
import { beforeAll, describe, expect, it } from 'vitest'

import { demoAccounts } from '../../../demo/accounts.ts'
import { createClient, type Client, type HttpAnswer } from '../../support/shopping.ts'
import { addToCart, signIn, someVariants } from '../../support/shopper.ts'
import { supergraph } from '../../support/schemas.ts'

interface List {
  readonly as: 'shopper' | 'staff'
  /** An operation that asks for a page of it. @param page the arguments, such as `first: 5` */
  readonly query: (page: string, slug: string) => string
}

/** How each list of the graph is reached. */
const lists: Readonly<Record<string, List>> = {
  'Query.products': { as: 'shopper', query: (page) => `{ products(${page}) { __typename } }` },
  'Query.popularProducts': { as: 'shopper', query: (page) => `{ popularProducts(${page}) { __typename } }` },
  'Query.boughtWith': { as: 'shopper', query: (page) => `{ boughtWith(productIds: [], ${page}) { __typename } }` },
  'Query.orders': { as: 'staff', query: (page) => `{ orders(${page}) { __typename } }` },
  'Query.deadLetters': { as: 'staff', query: (page) => `{ deadLetters(${page}) { __typename } }` },
  'User.orders': { as: 'shopper', query: (page) => `{ me { orders(${page}) { __typename } } }` },
  'User.recommendations': { as: 'shopper', query: (page) => `{ me { recommendations(${page}) { __typename } } }` },
  'Cart.suggestions': { as: 'shopper', query: (page) => `{ cart { suggestions(${page}) { __typename } } }` },
  'Product.boughtTogether': {
    as: 'shopper',
    query: (page, slug) => `{ product(slug: "${slug}") { boughtTogether(${page}) { __typename } } }`,
  },
  'Product.similar': {
    as: 'shopper',
    query: (page, slug) => `{ product(slug: "${slug}") { similar(${page}) { __typename } } }`,
  },
}

/** The fields of the graph that take an argument of that name. */
function fieldsWith(argument: string): string[] {
  return Object.values(supergraph.getTypeMap())
    .filter(isObjectType)
    .flatMap((type) =>
      Object.values(type.getFields())
        .filter(({ args }) => args.some(({ name }) => name === argument))
        .map(({ name }) => `${type.name}.${name}`),
    )
}

const forged = ['nonsense', ' ', 'W10', 'bnVsbA', Buffer.from('["a","b"]').toString('base64url')]

/** Pages that no list has. */
export function pages(url: () => string): void {
  const clients: Partial<Record<List['as'], Client>> = {}
  let slug = ''

  beforeAll(async () => {
    const shopper = await signIn(url(), demoAccounts[0])
    const [variant] = await someVariants(shopper, 1)
    await addToCart(shopper, variant?.id ?? '')
    const { data } = await createClient(url()).run('WebHome')
    slug = data.popularProducts[0].product.slug
    Object.assign(clients, { shopper, staff: await signIn(url(), demoAccounts[1]) })
  })

  async function ask(list: string, page: string): Promise<HttpAnswer> {
    const { as, query } = lists[list] ?? {}
    const client = as && clients[as]
    if (query === undefined || client === undefined) throw new Error(`nobody can ask for ${list}`)
    return client.send(query(page, slug))
  }

  function expectBadInput({ status, errors }: HttpAnswer, message: RegExp): void {
    expect(status).toBe(200)
    expect(errors).toEqual([
      {
        message: expect.stringMatching(message),
        path: expect.any(Array),
        extensions: { code: 'INVALID_INPUT', field: expect.stringMatching(/^(first|after)$/) },
      },
    ])
  }

  it('every list of the graph is known', () => {
    expect(Object.keys(lists).toSorted()).toEqual(fieldsWith('first').toSorted())
  })

  describe.each(Object.keys(lists))('a page of %s', (list) => {
    it.each([0, -1, 101])('has from 1 to 100 entries, not %d', async (first) => {
      expectBadInput(await ask(list, `first: ${first}`), /`first` must be from 1 to 100/)
    })

    it.each([1, 100])('may have %d', async (first) => {
      const { errors } = await ask(list, `first: ${first}`)
      expect(errors).toEqual([])
    })
  })

  describe.each(fieldsWith('after'))('a page of %s', (list) => {
    it.each(forged)('does not begin at a forged cursor: %j', async (after) => {
      expectBadInput(await ask(list, `after: ${JSON.stringify(after)}`), /not a cursor of this list/)
    })
  })

  it('a page does not begin at the cursor of a list in another order', async () => {
    const { data } = await createClient(url()).send('{ products(sort: NAME, first: 1) { pageInfo { endCursor } } }')
    const after = JSON.stringify(data.products.pageInfo.endCursor)
    expectBadInput(await ask('Query.products', `sort: NEWEST, after: ${after}`), /another order/)
  })
}
