import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'

import { Cancellation } from '../../platform/work/cancellation.ts'
import { issueErrand } from '../../platform/identity/errand.ts'
import { visitor, type Viewer } from '../../platform/identity/viewer.ts'
import { newUuid } from '../../platform/ids.ts'
import { openModel } from '../../subgraphs/recommendations/assistant/models/open-model.ts'
import { eventually, type Json } from '../support/shopping.ts'
import { startOpenAiServer, type OpenAiServer } from './openai-server.ts'
import { openAssistedShop, type AssistedShop } from './shop.ts'

let server: OpenAiServer
let shop: AssistedShop
let guest: Viewer
beforeAll(async () => {
  server = await startOpenAiServer()
  const model = await openModel({ ASSISTANT_MODEL: 'openai:served', ASSISTANT_BASE_URL: server.url })
  shop = await openAssistedShop({ assistant: model === undefined ? {} : { model } })
})
beforeEach(() => {
  guest = { kind: 'guest', id: newUuid() }
})
afterAll(async () => {
  await shop.stop()
  await server.close()
})

const query = `subscription ($input: AskAssistantInput!) { assistantReply(input: $input) {
  __typename
  ... on AssistantBegun { conversationId }
  ... on AssistantLookedUp { tool }
  ... on AssistantWords { text }
  ... on AssistantReply { conversationId message degraded products { id } }
  ... on Refused { code }
  ... on InvalidInput { field }
} }`

interface Asked {
  readonly message: string
  readonly conversationId?: string
  readonly viewer?: Viewer
  readonly signal?: AbortSignal
}

/** As the gateway will ask the subgraph. */
async function* replyTo({ viewer = guest, signal, ...input }: Asked): AsyncGenerator<Json> {
  const { passports } = shop.harness
  const request = { query, variables: { input }, passport: await passports(viewer, 'recommendations') }
  const errand = viewer.kind === 'visitor' ? undefined : await issueErrand(passports, viewer)
  for await (const { data, errors } of shop.members.recommendations.subscribe({
    ...request,
    errand,
    ...(signal && { cancellation: Cancellation.by(signal) }),
  })) {
    yield errors ?? data?.assistantReply
  }
}

async function allOf(events: AsyncGenerator<Json>): Promise<Json[]> {
  const all: Json[] = []
  for await (const event of events) all.push(event)
  return all
}

const searching = { call: 'searchProducts', args: { text: 'mug' } }

describe('a reply that is told as it comes', () => {
  it('tells the conversation, what is looked up, the words, and the reply in the end', async () => {
    server.answers(searching, { say: 'There is one.\nIt is red.' })
    const events = await allOf(replyTo({ message: 'do you have mugs?' }))
    const { conversationId } = events[0]
    const message = 'There is one.\nIt is red.'
    expect(events).toMatchObject([
      { __typename: 'AssistantBegun' },
      { __typename: 'AssistantLookedUp', tool: 'searchProducts' },
      { __typename: 'AssistantWords', text: 'There is one.\n' },
      { __typename: 'AssistantWords', text: 'It is red.' },
      { __typename: 'AssistantReply', conversationId, message, degraded: false },
    ])
    expect(events[4].products).toHaveLength(2)
  })

  it('is remembered in its conversation', async () => {
    server.answers({ say: 'First.' })
    const [{ conversationId }] = await allOf(replyTo({ message: 'one' }))
    server.answers({ say: 'Second.' })
    await allOf(replyTo({ message: 'two', conversationId }))
    const told = server.requests.at(-1)?.messages.filter(({ role }) => role !== 'system')
    expect(told?.map(({ content }) => content)).toEqual(['one', 'First.', 'two'])
  })

  it('of a model that says what may not be said is the words of the planner alone', async () => {
    server.answers({ say: 'Only £0.01 today!' })
    const events = await allOf(replyTo({ message: 'show me mugs' }))
    expect(events.at(-1)).toMatchObject({ degraded: true })
    expect(JSON.stringify(events)).not.toContain('0.01')
  })

  it('comes within its time when the model hangs', async () => {
    server.answers('hang')
    const begun = performance.now()
    const events = await allOf(replyTo({ message: 'show me mugs' }))
    expect(events.at(-1)).toMatchObject({ __typename: 'AssistantReply', degraded: true })
    expect(performance.now() - begun).toBeLessThan(15_000)
  })
})

describe('what is not answered is said by one event', () => {
  it.each([
    ['an empty question', { message: ' ' }, { __typename: 'InvalidInput', field: 'message' }],
    ['no id', { message: 'hello', conversationId: 'nonsense' }, { __typename: 'Refused', code: 'NOT_FOUND' }],
    ["another's conversation", { message: 'hello', conversationId: newUuid() }, { code: 'NOT_FOUND' }],
  ])('%s', async (_what, asked, event) => {
    expect(await allOf(replyTo(asked))).toMatchObject([event])
  })

  it('a visitor, before anything is begun', async () => {
    const asked = server.requests.length
    const events = await allOf(replyTo({ message: 'hello', viewer: visitor }))
    expect(events).toMatchObject([[{ extensions: { code: 'UNAUTHENTICATED' } }]])
    expect(server.requests).toHaveLength(asked)
  })

  it('a question too many', async () => {
    server.answers({ say: 'Hello.' })
    for (let turn = 0; turn < 20; turn += 1) await allOf(replyTo({ message: 'hello' }))
    expect(await allOf(replyTo({ message: 'hello' }))).toMatchObject([[{ extensions: { code: 'RATE_LIMITED' } }]])
  })
})

describe('when nobody listens any more', () => {
  /** The conversation can be gone on with long before it would be given back by itself, and nothing is known of the turn. */
  async function isGivenBack(conversationId: string): Promise<void> {
    server.answers({ say: 'Here I am.' })
    const events = await eventually(
      () => allOf(replyTo({ message: 'are you there?', conversationId })),
      ([first]) => first.code !== 'CONFLICT',
      { what: 'the conversation is given back', within: 5_000, every: 400 },
    )
    expect(events.at(-1)).toMatchObject({ message: 'Here I am.' })
    expect(JSON.stringify(server.requests.at(-1)?.messages)).not.toContain('never answered')
  }

  it('the model is called off, at once, and the conversation given back', async () => {
    server.answers('hang')
    const leaving = new AbortController()
    const [asked, closed] = [server.requests.length, server.closed()]
    const events = replyTo({ message: 'never answered', signal: leaving.signal })
    const { conversationId } = (await events.next()).value
    const rest = allOf(events)
    await eventually(
      () => Promise.resolve(server.requests.length),
      (requests) => requests > asked,
      { what: 'the model is asked' },
    )
    leaving.abort()
    expect(await rest).toEqual([])
    await closed
    await isGivenBack(conversationId)
  })

  it('and says so by leaving, nothing more is done either', async () => {
    server.answers(searching, { say: 'never answered' })
    const events = replyTo({ message: 'never answered' })
    const { conversationId } = (await events.next()).value
    await events.return(undefined)
    await isGivenBack(conversationId)
  })
})
