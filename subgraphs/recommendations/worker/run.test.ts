import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { tmpdir } from 'node:os'
import { text } from 'node:stream/consumers'
import { describe, expect, it } from 'vitest'

import { packRows } from '../domain/packed-rows.ts'
import { trainEase } from '../domain/recommenders/ease/train.ts'
import { similarTo, type ComparedProduct } from '../domain/similar/similar.ts'
import { compareOnThread, trainOnThread } from './run.ts'

const kitchen = { slug: 'kitchen', name: 'Kitchen' }
const price = { amount: 100, currency: 'GBP' }
const pot: ComparedProduct = { id: 'pot', name: 'Tea Pot', category: kitchen, price }
const cup: ComparedProduct = { id: 'cup', name: 'Tea Cup', category: kitchen, price }
const products = [pot, cup]
const training = () => ({ baskets: packRows([[0, 1], [0]]), productCount: 2, mostProducts: 9 })

describe('what is computed on a thread of its own', () => {
  it('is what the domain computes', async () => {
    expect(await trainOnThread(training())).toEqual(trainEase(training()))
    expect([...(await compareOnThread(products))]).toEqual([
      { product: 'cup', similar: similarTo(cup, products) },
      { product: 'pot', similar: similarTo(pot, products) },
    ])
  })

  it('is nothing for a shop without products', async () => {
    expect([...(await compareOnThread([]))]).toEqual([])
    const { products: weighed } = await trainOnThread({ baskets: packRows([]), productCount: 0, mostProducts: 9 })
    expect(weighed).toHaveLength(0)
  })

  it('fails with what the thread failed of', async () => {
    // Data from outside the types: what no parser has seen can be anything.
    const broken = { ...pot, name: null } as unknown as ComparedProduct
    await expect(compareOnThread([broken])).rejects.toThrow(TypeError)
  })

  it('is called off by a signal, before and while it is computed', async () => {
    const reason = new Error('shutting down')
    await expect(trainOnThread({ ...training(), signal: AbortSignal.abort(reason) })).rejects.toBe(reason)
    const controller = new AbortController()
    const weights = trainOnThread({ ...training(), signal: controller.signal })
    controller.abort('shutting down')
    await expect(weights).rejects.toThrow('called off')
  })
})

const loader = new URL('../../../platform/typescript/register.js', import.meta.url).href

describe('in a process that reads TypeScript, wherever it was started', () => {
  it.each([
    ['registered at run time', [], `await import('${loader}')`],
    ['given as an import', ['--import', loader], ''],
  ])('with its loader %s it is computed, and the process ends by itself', async (_, options, preparation) => {
    const script = `${preparation}
      const { compareOnThread } = await import('${new URL('./run.ts', import.meta.url).href}')
      console.log([...await compareOnThread(${JSON.stringify(products)})].length)`
    const child = spawn(process.execPath, [...options, '--input-type=module', '--eval', script], { cwd: tmpdir() })
    const [output, complaints, [code]] = await Promise.all([
      text(child.stdout),
      text(child.stderr),
      once(child, 'exit'),
    ])
    expect({ output, complaints, code }).toEqual({ output: '2\n', complaints: '', code: 0 })
  })
})
