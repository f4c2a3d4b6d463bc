import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import type { Model } from '../../subgraphs/recommendations/assistant/models/model.ts'
import { openModel } from '../../subgraphs/recommendations/assistant/models/open-model.ts'
import { startOpenAiServer, type OpenAiServer, type ServedAnswer } from './openai-server.ts'
import { openAssistedShop, type AssistedShop } from './shop.ts'

let server: OpenAiServer
let model: Model
let shop: AssistedShop
beforeAll(async () => {
  server = await startOpenAiServer()
  const opened = await openModel({ ASSISTANT_MODEL: 'openai:served', ASSISTANT_BASE_URL: server.url })
  if (opened === undefined) throw new Error('no model was opened')
  model = opened
  shop = await openAssistedShop({ assistant: { model } })
})
afterAll(async () => {
  await shop.stop()
  await server.close()
})

const searching: ServedAnswer = { call: 'searchProducts', args: { text: 'mug' } }

describe('a language model', () => {
  it('calls the tools, and answers', async () => {
    server.answers(searching, { say: 'There is the Red Retrospot Mug for £2.95.' })
    const reply = await shop.ask(await shop.guest(), 'do you have mugs?')
    expect(reply).toMatchObject({ kind: 'LANGUAGE_MODEL', provider: 'openai:served', degraded: false })
    expect(reply.message).toBe('There is the Red Retrospot Mug for £2.95.')
    expect(reply.products.length).toBeGreaterThan(0)
    const [asked] = server.requests.slice(-2)
    expect(asked?.tools?.map((tool) => tool.function.name)).toEqual([
      'searchProducts',
      'productDetails',
      'recommend',
      'viewCart',
      'orderStatus',
      'proposeCartChange',
    ])
    expect(asked?.messages.filter(({ role }) => role === 'system')).toHaveLength(1)
  })

  it('reads what the shop says between the marks of data, and no token', async () => {
    server.answers(searching, { say: 'Mugs there are.' })
    const reply = await shop.ask(await shop.guest(), 'do you have mugs?')
    expect(reply).toMatchObject({ message: 'Mugs there are.', degraded: false })
    const told = JSON.stringify(server.requests.at(-1)?.messages)
    expect(told).toContain('<shop-data>')
    expect(told).not.toMatch(/eyJ|souk-errand/)
  })

  it('is understood when it streams', async () => {
    server.answers({ say: 'One word after the other.' })
    const parts: string[] = []
    for await (const chunk of await model.chat.stream('hello')) parts.push(chunk.text)
    expect(parts.length).toBeGreaterThan(2)
    expect(parts.join('')).toBe('One word after the other.')
  })
})

describe('the planner answers, and says so, when a language model', () => {
  it.each<{ what: string; answers: ServedAnswer[] }>([
    { what: 'fails', answers: [{ status: 500 }] },
    { what: 'is not let in', answers: [{ status: 401 }] },
    { what: 'answers rubbish', answers: [{ body: '<html>' }] },
    { what: 'answers nothing', answers: [{ say: '' }] },
    { what: 'refuses', answers: [{ say: 'I cannot.', finish: 'content_filter' }] },
    { what: 'makes up a price', answers: [searching, { say: 'The mug costs £1.11.' }] },
    { what: 'makes up a link', answers: [{ say: 'See https://mugs.example' }] },
    { what: 'calls what is not there', answers: [{ call: 'payNow', args: {} }] },
    { what: 'never comes to an end', answers: [searching] },
    { what: 'fails after it has begun', answers: [searching, { status: 503 }] },
    { what: 'hangs', answers: ['hang'] },
  ])(
    '$what',
    async ({ answers }) => {
      server.answers(...answers)
      const begun = performance.now()
      const reply = await shop.ask(await shop.guest(), 'show me mugs')
      expect(reply).toMatchObject({ kind: 'RULES', provider: 'planner', degraded: true })
      expect(reply.message).toContain('I found 2 things')
      expect(performance.now() - begun).toBeLessThan(15_000)
    },
    30_000,
  )
})
