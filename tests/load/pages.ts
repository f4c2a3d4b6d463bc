import { addToCart, signUp, someVariants } from '../support/shopper.ts'
import { createClient, type Client, type HttpAnswer } from '../support/shopping.ts'
import type { Ask } from './cost.ts'

const members = 20
const linesEach = 5

const page = `query Page($text: String!) {
  products(filter: { text: $text }, first: 12) {
    edges {
      node {
        id
        slug
        name
        category { slug name }
        priceRange { lowest { amount currency } highest { amount currency } }
        variants { id sku name price { amount currency } availability { inStock quantity } }
      }
    }
  }
}`

const texts = [
  'retrospot bag',
  'lunch box',
  'heart',
  'hanging heart',
  'red mug',
  'christmas',
  'candle holder',
  'vintage paper',
  'metal sign',
  'lnuch bag',
  'glass',
  'blue card',
  'cake stand',
  'door mat',
  'kitchen',
  'garden',
]

/** One after the other, since each password takes a core for a while. */
export async function signUpMembers(url: string): Promise<readonly Client[]> {
  const clients: Client[] = []
  while (clients.length < members) clients.push(await signUp(url))
  return clients
}

/** A visitor's page of what a text finds, of the same texts again and again. A list by text is kept by no gateway; stock is, for seconds. */
export function pagesByText(url: string): Ask {
  const visitor = createClient(url)
  return async (number) => {
    const answer = await visitor.send(page, { text: nth(texts, number) })
    check(answer, answer.data?.products?.edges?.length > 0)
  }
}

/** A member's product page, each of another product: nothing of it has been asked for before, so that its subgraphs answer it. */
export async function productPages(url: string, clients: readonly Client[]): Promise<Ask> {
  const slugs = await allSlugs(createClient(url))
  return async (number) => {
    const slug = nth(slugs, number)
    const answer = await nth(clients, number).run('WebProduct', { slug })
    check(answer, answer.data?.product?.slug === slug)
  }
}

/** A member's cart page of five lines. The cart and its suggestions are read each time; the gateway keeps stock for seconds. */
export async function cartPages(url: string, clients: readonly Client[]): Promise<Ask> {
  const variants = await someVariants(createClient(url), clients.length * linesEach)
  for (const [place, { id }] of variants.entries()) await addToCart(nth(clients, place), id)
  return async (number) => {
    const answer = await nth(clients, number).run('WebCart')
    check(answer, answer.data?.cart?.lines?.length > 1 && answer.data.cart.suggestions.length > 0)
  }
}

async function allSlugs(client: Client): Promise<string[]> {
  const query = `query ($after: String) {
    products(sort: NAME, first: 100, after: $after) { pageInfo { hasNextPage endCursor } edges { node { slug } } }
  }`
  const slugs: string[] = []
  let after: string | null = null
  do {
    const { data }: HttpAnswer = await client.send(query, { after })
    slugs.push(...data.products.edges.map(({ node }: { node: { slug: string } }) => node.slug))
    after = data.products.pageInfo.hasNextPage ? data.products.pageInfo.endCursor : null
  } while (after !== null)
  return slugs
}

function nth<Item>(items: readonly Item[], number: number): Item {
  const item = items[number % items.length]
  if (item === undefined) throw new Error('there is nothing to choose from')
  return item
}

function check(answer: HttpAnswer, isWhole: boolean): void {
  if (!isWhole || answer.errors.length > 0) throw new Error(`answered with ${JSON.stringify(answer)}`)
}
