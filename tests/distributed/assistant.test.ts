import { rm } from 'node:fs/promises'

import { afterAll, beforeAll, beforeEach, expect, it, vi } from 'vitest'

import { silentProgress } from '../../embedded/console/progress.ts'
import { startExtracted, type Extracted } from '../../scripts/extract/start.ts'
import { startOpenAiServer, type OpenAiServer } from '../assistant/openai-server.ts'
import { seededDataDir } from '../support/seeded-data-dir.ts'
import { signUp } from '../support/shopper.ts'
import { eventually, type Client, type HttpAnswer, type Json } from '../support/shopping.ts'

let dataDir: string
let server: OpenAiServer
let extracted: Extracted
let shopper: Client

beforeAll(async () => {
  dataDir = await seededDataDir()
  server = await startOpenAiServer()
  // For the process that runs apart.
  vi.stubEnv('ASSISTANT_MODEL', 'openai:served')
  vi.stubEnv('ASSISTANT_BASE_URL', server.url)
  const environment = { PORT: '0', HOST: '127.0.0.1', SOUK_DATA_DIR: dataDir, NODE_ENV: 'test', LOG_LEVEL: 'silent' }
  extracted = await startExtracted({
    ...{ name: 'recommendations', onRedis: false, environment, progress: silentProgress },
    signal: new AbortController().signal,
  })
})
beforeEach(async () => {
  shopper = await signUp(extracted.url)
})
afterAll(async () => {
  await extracted.stop()
  await server.close()
  vi.unstubAllEnvs()
  await rm(dataDir, { recursive: true, force: true })
})

const question = `mutation ($input: AskAssistantInput!) { askAssistant(input: $input) {
  ... on AssistantReply { conversationId message degraded products { variants { id } } proposal { token } }
  ... on Refusal { code } } }`
const ask = (input: object): Promise<HttpAnswer> => shopper.send(question, { input })

async function accept(token: string): Promise<Json> {
  const mutation =
    'mutation ($token: String!) { acceptProposal(token: $token) { ... on Cart { itemCount } ... on Refusal { code } } }'
  return (await shopper.send(mutation, { token })).data.acceptProposal
}

const wish = 'put two of the first one into my cart'

/** A first turn is over, and in the second a proposal has been made, and nobody has been told of it yet. */
async function inTheMiddle() {
  server.answers({ call: 'searchProducts', args: { text: 'bag' } }, { say: 'There are some bags.' })
  const { data } = await ask({ message: 'do you have bags?' })
  const { conversationId, products } = data.askAssistant
  const lines = [{ variantId: products[0].variants[0].id, quantity: 2 }]
  const proposing = { call: 'proposeCartChange', args: { lines } }
  server.answers(proposing, 'hang')
  const begun = server.requests.length
  const half = ask({ message: wish, conversationId })
  await eventually(
    () => Promise.resolve(server.requests.length),
    (requests) => requests === begun + 2,
    { what: 'the proposal has been made, and the model is asked what to say' },
  )
  return { conversationId, half, proposing }
}

/**
 * The question is asked again, as the shopper would; what was said before is known, and of the half turn nothing.
 * @param isLast whether an answer is not to be followed by another attempt
 */
async function goesOn(
  { conversationId, proposing }: Awaited<ReturnType<typeof inTheMiddle>>,
  isLast: (answer: HttpAnswer) => boolean,
): Promise<void> {
  server.answers(proposing, { say: 'I propose two of it.' })
  const { data } = await eventually(
    () => ask({ message: wish, conversationId }),
    isLast,
    // Twenty times a minute are answered.
    { what: 'the conversation goes on', within: 60_000, every: 3_500 },
  )
  const reply = data.askAssistant
  expect(reply).toMatchObject({ message: 'I propose two of it.', degraded: false, conversationId })
  const told = server.requests.at(-1)?.messages.filter(({ role }) => role === 'user' || role === 'assistant')
  // A call has no words.
  expect(told?.map(({ content }) => content)).toEqual(['do you have bags?', '', 'There are some bags.', wish, ''])
  expect((await shopper.run('WebCart')).data.cart).toBeNull()
  expect(await accept(reply.proposal.token)).toEqual({ itemCount: 2 })
  expect(await accept(reply.proposal.token)).toEqual({ code: 'PROPOSAL_EXPIRED' })
  expect((await shopper.run('WebCart')).data.cart).toMatchObject({ itemCount: 2 })
}

const answers = ({ errors }: HttpAnswer) => errors.length === 0

it('a conversation whose assistant is killed in the middle of a turn goes on without it', async () => {
  const middle = await inTheMiddle()
  await extracted.part.current().kill()
  const { data, errors } = await middle.half
  expect(data).toBeNull()
  expect(errors).toMatchObject([{ path: ['askAssistant'], extensions: { code: 'SUBGRAPH_UNAVAILABLE' } }])
  // Whoever answers first, as soon as somebody can, has the conversation.
  await goesOn(middle, answers)
})

it('one whose assistant hangs, and comes to itself when the shopper has given up, goes on without that turn', async () => {
  const middle = await inTheMiddle()
  await extracted.part.current().hang()
  const { errors } = await middle.half
  expect(errors).toMatchObject([{ path: ['askAssistant'], extensions: { code: 'SUBGRAPH_UNAVAILABLE' } }])
  extracted.part.current().goOn()
  await goesOn(middle, (answer) => answers(answer) && answer.data.askAssistant.code === undefined)
})
