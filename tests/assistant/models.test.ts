import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import type { LanguageModel } from '../../subgraphs/recommendations/assistant/models/model.ts'
import { openModel } from '../../subgraphs/recommendations/assistant/models/open-model.ts'
import { allGuards } from '../../subgraphs/recommendations/assistant/rules/guards.ts'
import type { Json } from '../support/shopping.ts'
import { startOpenAiServer, type OpenAiServer, type ServedAnswer } from './openai-server.ts'
import { openAssistedShop, type AssistedShop } from './shop.ts'

let server: OpenAiServer
let model: LanguageModel
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

  it('may emphasise, which is left out', async () => {
    server.answers(searching, { say: '## Mugs\n* **Red Retrospot Mug**, *only* `£2.95`' })
    const reply = await shop.ask(await shop.guest(), 'do you have mugs?')
    expect(reply).toMatchObject({ message: 'Mugs\n- Red Retrospot Mug, only £2.95', degraded: false })
  })

  it('may greet without looking anything up', async () => {
    server.answers({ say: 'Good day.' })
    expect(await shop.ask(await shop.guest(), 'hello')).toMatchObject({ message: 'Good day.', degraded: false })
  })

  it('is understood when it streams', async () => {
    server.answers({ say: 'One word after the other.' })
    const parts: string[] = []
    for await (const chunk of await model.chat.stream('hello')) parts.push(chunk.text)
    expect(parts.length).toBeGreaterThan(2)
    expect(parts.join('')).toBe('One word after the other.')
  })
})

describe('a server of a model', () => {
  const saying = { say: 'There is the Red Retrospot Mug for £2.95.' }

  it('may name each call alike: every tool is run, in this turn and the next', async () => {
    const guest = await shop.guest()
    server.answers(searching, { call: 'searchProducts', args: { text: 'bag' } }, { say: 'Mugs and bags.' })
    const first = await shop.ask(guest, 'mugs and bags?')
    expect(first).toMatchObject({ message: 'Mugs and bags.', degraded: false })
    expect(first.products.map(({ name }: Json) => name)).toContain('Jumbo Bag Red Retrospot')
    server.answers(searching, saying)
    const second = await shop.ask(guest, 'mugs again', first.conversationId)
    expect(second.products.map(({ name }: Json) => name)).toContain('Red Retrospot Mug')
    const { messages = [] } = server.requests.at(-1) ?? {}
    expect(messages.filter(({ role }) => role === 'tool')).toHaveLength(3)
  })

  it('may write no arguments as an empty text', async () => {
    server.answers({ calls: [['viewCart', '']] }, { say: 'Your cart is empty, says the shop.' })
    const reply = await shop.ask(await shop.guest(), 'my cart?')
    expect(reply).toMatchObject({ message: 'Your cart is empty, says the shop.', degraded: false })
  })

  it('may call several tools at once, one of them wrongly', async () => {
    const wrong = ['searchProducts', '{"text":5,"user":"x"}'] as const
    server.answers({ calls: [wrong, ['searchProducts', '{"text":"mug"}'], ['payNow', '{}']] }, saying)
    const reply = await shop.ask(await shop.guest(), 'mugs?')
    expect(reply).toMatchObject({ message: saying.say, degraded: false })
    expect(reply.products).toHaveLength(2)
  })

  it('may show thoughts, which nobody is told', async () => {
    server.answers(searching, { say: `<think>£1.00? No, the tool said £2.95.</think>\n${saying.say}` })
    expect(await shop.ask(await shop.guest(), 'mugs?')).toMatchObject({ message: saying.say, degraded: false })
  })

  it('may fail half-way: the next turn begins as if nothing of that had been', async () => {
    const guest = await shop.guest()
    server.answers(searching, { calls: [['searchProducts', '{"text":']] })
    const { conversationId, degraded } = await shop.ask(guest, 'show me mugs')
    expect(degraded).toBe(true)
    server.answers(searching, saying)
    expect(await shop.ask(guest, 'which is red?', conversationId)).toMatchObject({ degraded: false })
  })

  it('may send arguments that no database could keep', async () => {
    const args = { text: 'mug \u0000 \ud83d' }
    server.answers({ call: 'searchProducts', args }, { say: 'Mugs there are.' })
    const guest = await shop.guest()
    const { conversationId, message } = await shop.ask(guest, 'mugs?')
    expect(message).toBe('Mugs there are.')
    server.answers({ say: 'Still there.' })
    expect(await shop.ask(guest, 'thanks', conversationId)).toMatchObject({ message: 'Still there.', degraded: false })
  })

  it('may be asked for long, with nothing that listens left behind', async () => {
    const warnings: string[] = []
    const note = ({ name }: Error) => warnings.push(name)
    process.on('warning', note)
    server.answers(...Array.from({ length: 5 }, () => searching), { say: 'Mugs there are.' })
    expect(await shop.ask(await shop.guest(), 'mugs?')).toMatchObject({ degraded: false })
    process.off('warning', note)
    expect(warnings).toEqual([])
  })
})

describe('the planner answers, and says so, when a language model', () => {
  it.each<{ what: string; answers: ServedAnswer[] }>([
    { what: 'fails', answers: [{ status: 500 }] },
    { what: 'is not let in', answers: [{ status: 401 }] },
    { what: 'answers rubbish', answers: [{ body: '<html>' }] },
    { what: 'answers nothing', answers: [searching, { say: '' }] },
    { what: 'refuses', answers: [searching, { say: 'I cannot.', finish: 'content_filter' }] },
    { what: 'makes up a price', answers: [searching, { say: 'The mug costs £1.11.' }] },
    { what: 'makes up a link', answers: [searching, { say: 'See https://mugs.example' }] },
    { what: 'calls what is not there', answers: [{ call: 'payNow', args: {} }] },
    { what: 'never comes to an end', answers: [searching] },
    { what: 'fails after it has begun', answers: [searching, { status: 503 }] },
    { what: 'hangs', answers: ['hang'] },
    { what: 'is cut off in its words', answers: [searching, { say: 'The mug costs £2', finish: 'length' }] },
    { what: 'is cut off in a call', answers: [{ ...searching, finish: 'length' }, { say: 'Here.' }] },
    { what: 'writes arguments that are no JSON', answers: [{ calls: [['searchProducts', '{"text":"mu']] }] },
    { what: 'says what cannot be printed', answers: [searching, { say: 'Mugs\u0000 there are.' }] },
    { what: 'turns its words round', answers: [searching, { say: 'Mugs \u202Ethere are.' }] },
    { what: 'says half a character', answers: [searching, { say: 'Mugs \ud83d there are.' }] },
    { what: 'looks nothing up', answers: [{ say: 'Of course there are mugs.' }] },
    { what: 'refuses in its words', answers: [searching, { say: "I'm sorry, I can't help with that." }] },
    { what: 'says the same again and again', answers: [searching, { say: 'mug '.repeat(400) }] },
    { what: 'makes up a number', answers: [searching, { say: 'Of course, 12 unicorns are in stock.' }] },
    { what: 'claims to have done something', answers: [searching, { say: 'I have put a mug into your cart.' }] },
    {
      what: 'has looked up what was refused',
      answers: [{ call: 'productDetails', args: { productIds: ['x'] } }, { say: 'Of course there are mugs.' }],
    },
    { what: 'only thinks', answers: [searching, { say: '<think>The shopper wants a mug, for £2.95.' }] },
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

describe('from the second turn on, a language model', () => {
  it.each([
    ['show me lunch bags', "I'm sorry, I can't help with that.", 'I found one thing'],
    ['what is in my cart?', 'Your cart holds three golden elephants.', 'Your cart is empty.'],
    ['do you have unicorns?', 'Of course there are unicorns.', 'I found nothing'],
    ['where is my order SK-7ZQ4M0XT?', 'Order SK-7ZQ4M0XT was delivered yesterday.', 'Sign in to see your orders.'],
    ['details of the second one', 'It is the best mug of all.', 'Blue Polkadot Mug'],
  ])('has to look things up as well: %s', async (message, say, answered) => {
    const guest = await shop.guest()
    server.answers(searching, { say: 'There is the Red Retrospot Mug for £2.95.' })
    const { conversationId, degraded } = await shop.ask(guest, 'do you have mugs?')
    expect(degraded).toBe(false)
    server.answers({ say })
    const reply = await shop.ask(guest, message, conversationId)
    expect(reply).toMatchObject({ kind: 'RULES', degraded: true })
    expect(reply.message).toContain(answered)
  })

  it("is not shown with another look-up than the shopper's own things need", async () => {
    server.answers(searching, { say: 'It is empty.' })
    const reply = await shop.ask(await shop.guest(), 'what is in my cart?')
    expect(reply).toMatchObject({ message: 'Your cart is empty.', degraded: true })
  })
})

it('a question that nobody answers in its time is refused, and the conversation goes on', async () => {
  const hurried = await openAssistedShop({ assistant: { model, guards: { ...allGuards, turn: 3_000 } } })
  try {
    const guest = await hurried.guest()
    server.answers(searching, { say: 'Mugs there are.' })
    const { conversationId } = await hurried.ask(guest, 'do you have mugs?')
    server.answers('hang')
    const refused = await hurried.ask(guest, 'show me bags', conversationId)
    expect(refused).toMatchObject({ code: 'CONFLICT', message: 'I could not answer in time; ask again.' })
    server.answers(searching, { say: 'More mugs.' })
    expect(await hurried.ask(guest, 'show me mugs', conversationId)).toMatchObject({ message: 'More mugs.' })
  } finally {
    await hurried.stop()
  }
})
