import { randomUUID } from 'node:crypto'

import { address, createClient, eventually, type Client, type HttpAnswer, type Json } from './shopping.ts'

/** What everybody here signs up with. */
export const password = 'correct horse battery'

/** Somebody new, signed in. */
export async function signUp(
  url: string,
  input: Record<string, unknown> = {},
): Promise<Client & { readonly email: string }> {
  const client = createClient(url)
  const email = `${randomUUID()}@example.org`
  const { data, errors } = await client.run('WebSignUp', { input: { email, password, name: 'Ada', ...input } })
  if (data?.signUp?.accessToken === undefined) throw new Error(`no session: ${JSON.stringify({ data, errors })}`)
  client.token = data.signUp.accessToken
  return Object.assign(client, { email })
}

export async function signIn(url: string, { email, password }: { email: string; password: string }): Promise<Client> {
  const { data, errors } = await createClient(url).run('MobileSignIn', { input: { email, password } })
  if (data?.signIn?.accessToken === undefined) throw new Error(`no session: ${JSON.stringify({ data, errors })}`)
  return createClient(url, data.signIn.accessToken)
}

/** A variant that is in stock, with its product. */
export async function someVariants(client: Client, count: number): Promise<{ id: string; product: Json }[]> {
  const { data } = await client.run('WebBrowse', { filter: { inStockOnly: true }, sort: 'NAME', first: 100 })
  return data.products.edges
    .map(({ node }: Json) => ({
      id: node.variants[0].id,
      product: node,
      stocked: node.variants[0].availability.inStock,
    }))
    .filter(({ stocked }: Json) => stocked)
    .slice(0, count)
}

/** A product that only the test knows of, as staff put it on sale. */
export async function newVariant(staff: Client, initialStock: number, price = 1_250): Promise<string> {
  const sku = `T${randomUUID().slice(0, 8).toUpperCase()}`
  const { data: known } = await staff.send('{ categories { slug } }')
  const input = {
    name: `Test thing ${sku}`,
    description: 'A thing that a test sells.',
    category: known.categories[0].slug,
    variants: [{ sku, name: 'One size', price, initialStock }],
  }
  const { data, errors } = await staff.run('StaffCreateProduct', { input })
  const id: string | undefined = data?.createProduct?.variants?.[0]?.id
  if (id === undefined) throw new Error(`no product: ${JSON.stringify({ data, errors })}`)
  return id
}

/** Waits for cart to consume a new product and its stock from the bus, a moment after staff have made it. */
export async function addToCart(client: Client, variantId: string, quantity = 1): Promise<Json> {
  const answer = await eventually(
    () => client.run('WebAddToCart', { input: { variantId, quantity } }),
    ({ data }) => data?.addCartItem?.code === undefined,
    { what: 'the variant can be put into the cart' },
  )
  return answer.data.addCartItem
}

/** Places an order for what is in the cart, as it is shown. */
export async function placeOrder(client: Client, input: Record<string, unknown> = {}): Promise<HttpAnswer> {
  const { data } = await client.run('WebCart')
  return client.run('WebPlaceOrder', {
    input: {
      idempotencyKey: randomUUID(),
      cartVersion: data.cart.version,
      expectedTotal: data.cart.subtotal.amount,
      shippingAddress: address,
      paymentMethodToken: 'tok_approve',
      ...input,
    },
  })
}

/** The order once it is settled. */
export async function settledOrder(client: Client, id: string, every = 50): Promise<Json> {
  // Asked for lightly until then, so that who waits does not keep busy what is waited for.
  await eventually(
    () => client.run('MobileOrderStatus', { id }),
    ({ data }) => (data?.order?.status ?? 'PENDING') !== 'PENDING',
    { what: 'the order ends', within: 20_000, every },
  )
  const { data } = await client.run('WebOrder', { id })
  return data.order
}
