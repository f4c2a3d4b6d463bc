import { createClient } from '../support/shopping.ts'

const atOnce = 50
const warmUp = 500
const measured = 2_000

const query = `query ($id: ID!) {
  product(id: $id) { id slug name description variants { id sku name price { amount currency } } }
}`

/** Milliseconds that each took, some at a time. */
export async function measureProductById(url: string): Promise<number[]> {
  const client = createClient(url)
  const { data } = await client.send('{ products(first: 50) { edges { node { id } } } }')
  const ids: string[] = data.products.edges.map(({ node }: { node: { id: string } }) => node.id)
  const taken: number[] = []
  let asked = 0
  const asker = async () => {
    while (asked < warmUp + measured) {
      const number = asked++
      const begun = performance.now()
      const answer = await client.send(query, { id: ids[number % ids.length] })
      if (answer.errors.length > 0) throw new Error(JSON.stringify(answer.errors))
      if (number >= warmUp) taken.push(performance.now() - begun)
    }
  }
  await Promise.all(Array.from({ length: atOnce }, asker))
  return taken
}
