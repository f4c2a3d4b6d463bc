import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { tmpdir } from 'node:os'
import { text } from 'node:stream/consumers'
import { describe, expect, it } from 'vitest'

import { namedLists } from '../domain/co-purchase-lists.ts'
import { coPurchaseOptions } from '../domain/co-purchase.ts'
import { namedSimilarLists } from '../domain/similar/similar-lists.ts'
import { similarTo, type ComparedProduct } from '../domain/similar/similar.ts'
import { computeLists } from './run.ts'

const kitchen = { slug: 'kitchen', name: 'Kitchen' }
const price = { amount: 100, currency: 'GBP' }
const pot: ComparedProduct = { id: 'pot', name: 'Tea Pot', category: kitchen, price }
const cup: ComparedProduct = { id: 'cup', name: 'Tea Cup', category: kitchen, price }
const products = [pot, cup]
const baskets = [['pot', 'cup', 'unknown'], ['pot']]

describe('lists computed on a thread of their own', () => {
  it('are those of the domain, by the ids of the products', async () => {
    const { numbering, coPurchase, similar } = await computeLists({ baskets, products })
    const score = coPurchaseOptions.similarity(1, 2, 1)
    expect([...namedLists(coPurchase, numbering)]).toEqual([
      { product: 'cup', baskets: 1, neighbours: [{ product: 'pot', score, together: 1, baskets: 2 }] },
      { product: 'pot', baskets: 2, neighbours: [{ product: 'cup', score, together: 1, baskets: 1 }] },
    ])
    expect([...namedSimilarLists(similar, numbering)]).toEqual([
      { product: 'cup', similar: similarTo(cup, products) },
      { product: 'pot', similar: similarTo(pot, products) },
    ])
  })

  it('are none for a shop without products', async () => {
    const { numbering, coPurchase, similar } = await computeLists({ baskets, products: [] })
    expect(numbering.count).toBe(0)
    expect([coPurchase.products.length, similar.products.length]).toEqual([0, 0])
  })

  it('fail with what the thread failed of', async () => {
    // Data from outside the types: what no parser has seen can be anything.
    const broken = { ...pot, name: null } as unknown as ComparedProduct
    await expect(computeLists({ baskets, products: [broken] })).rejects.toThrow(TypeError)
  })

  it('are called off by a signal, before and while they are computed', async () => {
    const reason = new Error('shutting down')
    await expect(computeLists({ baskets, products, signal: AbortSignal.abort(reason) })).rejects.toBe(reason)
    const controller = new AbortController()
    const lists = computeLists({ baskets, products, signal: controller.signal })
    controller.abort('shutting down')
    await expect(lists).rejects.toThrow('called off')
  })
})

const loader = new URL('../../../platform/typescript/register.js', import.meta.url).href

describe('in a process that reads TypeScript, wherever it was started', () => {
  it.each([
    ['registered at run time', [], `await import('${loader}')`],
    ['given as an import', ['--import', loader], ''],
  ])('with its loader %s the lists are computed, and the process ends by itself', async (_, options, preparation) => {
    const script = `${preparation}
      const { computeLists } = await import('${new URL('./run.ts', import.meta.url).href}')
      const { coPurchase } = await computeLists(${JSON.stringify({ baskets, products })})
      console.log(coPurchase.products.length)`
    const child = spawn(process.execPath, [...options, '--input-type=module', '--eval', script], { cwd: tmpdir() })
    const [output, complaints, [code]] = await Promise.all([
      text(child.stdout),
      text(child.stderr),
      once(child, 'exit'),
    ])
    expect({ output, complaints, code }).toEqual({ output: '2\n', complaints: '', code: 0 })
  })
})
