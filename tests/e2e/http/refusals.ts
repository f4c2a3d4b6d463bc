import {
  buildClientSchema,
  getIntrospectionQuery,
  getNamedType,
  isUnionType,
  type GraphQLField,
  type GraphQLNamedType,
} from 'graphql'
import { beforeAll, describe, expect, it } from 'vitest'

import { demoAccounts } from '../../../demo/accounts.ts'
import { address, createClient, eventually, type Client, type Json } from '../../support/shopping.ts'
import { addToCart, newVariant, signIn, signUp } from '../../support/shopper.ts'
import { badInputs, type Answered, type Known } from './bad-inputs.ts'

interface World {
  readonly shopper: Client
  readonly staff: Client
  readonly known: Known
  readonly mutations: Readonly<Record<string, GraphQLField<unknown, unknown>>>
}

async function createWorld(url: string): Promise<World> {
  const staff = await signIn(url, demoAccounts[1])
  const shopper = await signUp(url)
  const variantId = await newVariant(staff, 50)
  const { lines } = await addToCart(shopper, variantId)
  await shopper.send('mutation ($input: AddressInput!) { addAddress(input: $input) { __typename } }', {
    input: address,
  })
  const { data } = await createClient(url).send(getIntrospectionQuery())
  const { email } = shopper
  const { data: home } = await shopper.run('WebHome')
  const [{ id: lineId, variant }] = lines
  return {
    shopper,
    staff,
    known: { email, variantId, lineId, sku: variant.sku, category: home.categories[0].slug },
    mutations: buildClientSchema(data).getMutationType()?.getFields() ?? {},
  }
}

/** Runs a mutation by its name, and asks for why it was refused. */
function mutate(client: Client, { name, args, type }: GraphQLField<unknown, unknown>, variables: Json): Promise<Json> {
  const declared = args.map((arg) => `$${arg.name}: ${String(arg.type)}`).join(', ')
  const given = args.map((arg) => `${arg.name}: $${arg.name}`).join(', ')
  return client.send(`mutation (${declared}) { ${name}(${given}) ${whyNot(getNamedType(type))} }`, variables)
}

/** The selection that shows a refusal, of what a mutation may answer. */
function whyNot(type: GraphQLNamedType): string {
  if (!isUnionType(type)) return ''
  const field = type.getTypes().some(({ name }) => name === 'InvalidInput') ? '... on InvalidInput { field }' : ''
  return `{ __typename ... on Refusal { code message } ${field} }`
}

/** All that a mutation of this test could have changed. */
async function allThere({ shopper, staff, known }: World): Promise<unknown> {
  const own = await shopper.send(`{
    me { email name addresses { id recipient line1 line2 city postcode country isDefault } orders { totalCount } }
    cart { version lines { id quantity variant { id price { amount } availability { quantity } } } }
    products { totalCount }
  }`)
  const shop = await staff.send(
    `query ($sku: String) { deadLetters { totalCount } products(filter: { text: $sku }, first: 1) { edges { node { status name } } } }`,
    { sku: known.sku },
  )
  expect([...own.errors, ...shop.errors]).toEqual([])
  return { own: own.data, shop: shop.data }
}

function expectAnswered(answer: Json, name: string, answered: Answered): void {
  if ('error' in answered) {
    // Built-in types are checked at the door, our own scalars by the subgraph that knows them.
    expect([200, 400]).toContain(answer.status)
    expect(answer.data ?? null).toBeNull()
    expect(answer.errors).toMatchObject([{ extensions: { code: answered.error } }])
    return
  }
  expect({ status: answer.status, errors: answer.errors }).toEqual({ status: 200, errors: [] })
  const result = answer.data[name]
  if ('is' in answered) expect(result).toBe(answered.is)
  else expect(result).toMatchObject({ ...answered, message: expect.stringMatching(/\S/) })
}

export function refusals(url: () => string): void {
  let world: World
  /** What was there before the mutation was tried. */
  let before: unknown

  beforeAll(async () => {
    world = await createWorld(url())
    before = await allThere(world)
  })

  it('has bad inputs for every mutation that takes any', () => {
    const takeInput = Object.values(world.mutations).filter(({ args }) => args.length > 0)
    expect(Object.keys(badInputs).toSorted()).toEqual(takeInput.map(({ name }) => name).toSorted())
  })

  describe.each(Object.entries(badInputs))('%s refuses', (name, { as, inputs }) => {
    it.each(inputs)('$what', async ({ variables, answered }) => {
      const mutation = world.mutations[name]
      if (mutation === undefined) throw new Error(`there is no mutation ${name}`)
      expectAnswered(await mutate(world[as], mutation, variables(world.known)), name, answered)
    })

    // Once for all of them: to look costs more than to be refused.
    it('and has changed nothing', async () => {
      const last = before
      before = await allThere(world)
      expect(before).toEqual(last)
    })
  })

  it('a cart holds 50 lines, and refuses the 51st', async () => {
    const shopper = await signUp(url())
    const { data } = await shopper.run('WebBrowse', { filter: { inStockOnly: true }, sort: 'NAME', first: 80 })
    const variants: Json[] = data.products.edges.map(({ node }: Json) => node.variants[0])
    const [over, ...within] = variants.filter(({ availability }) => availability.inStock).slice(0, 51)
    for (const { id } of within) await shopper.run('MobileQuickAdd', { variantId: id })
    const { data: full } = await eventually(
      () => shopper.run('MobileBadge'),
      (answer) => answer.data.cart?.itemCount === 50,
      { what: 'the cart holds 50 items' },
    )
    const refused = await shopper.run('WebAddToCart', { input: { variantId: over.id } })
    expect(refused.data.addCartItem).toMatchObject({ code: 'QUANTITY_LIMIT' })
    expect((await shopper.run('MobileBadge')).data).toEqual(full)
  })

  it.each(['', 'nonsense', '\u0000', '\ud800', "' or 1 = 1 --", '01890a5d-ac96-774b-bcce-b302099a8057'])(
    'nothing is found by what was never given out: %j',
    async (id) => {
      const query = `query ($id: ID!, $text: String) {
        order(id: $id) { id }
        product(id: $id) { id }
        bySlug: product(slug: $text) { id }
        boughtWith(productIds: [$id]) { score }
        products(filter: { category: $text, minPrice: 0 }) { totalCount }
      }`
      const { data, errors } = await world.shopper.send(query, { id, text: id })
      expect({ data, errors }).toEqual({
        data: { order: null, product: null, bySlug: null, boughtWith: [], products: { totalCount: 0 } },
        errors: [],
      })
    },
  )

  it('a search is for up to 200 characters of any kind', async () => {
    const search = (text: string) =>
      world.shopper.send('query ($text: String) { products(filter: { text: $text }) { totalCount } }', { text })
    for (const text of ['\u0000', '\ud800', "'", '%', '\\', '*'.repeat(200)]) {
      expect(await search(text)).toMatchObject({ errors: [], data: { products: { totalCount: expect.any(Number) } } })
    }
    expect((await search('x'.repeat(201))).errors).toMatchObject([
      { extensions: { code: 'INVALID_INPUT', field: 'filter.text' } },
    ])
  })
}
