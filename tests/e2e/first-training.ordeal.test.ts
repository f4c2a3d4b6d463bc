import { rm } from 'node:fs/promises'

import { afterAll, beforeAll, expect, it } from 'vitest'

import { temporaryDataDir } from '../support/data-dir.ts'
import { documentedConversation, documentedExample } from '../support/documented.ts'
import { createClient, eventually, type Client } from '../support/shopping.ts'
import { killSouk, startSoukProcess, stopSouk, type SoukProcess } from '../support/souk-process.ts'

// One folder and the life of one shop: each test goes on where the one before it has left it.
let dataDir: string
let souk: SoukProcess

beforeAll(async () => {
  dataDir = await temporaryDataDir()
  souk = await startSoukProcess(dataDir)
})
afterAll(async () => {
  if (souk.child.exitCode === null) await killSouk(souk)
  await rm(dataDir, { recursive: true, force: true })
})

const training = /Recommendations are trained for the first time/

async function expectDocumentedExample(): Promise<void> {
  const { query, answer } = await documentedExample()
  const { data, errors } = await createClient(souk.url).send(query)
  expect({ data, errors }).toEqual({ ...answer, errors: [] })
}

it("a shop that has just been filled says that it is being trained, and answers the README's query", async () => {
  expect(souk.output()).toMatch(training)
  await expectDocumentedExample()
})

it('killed before it is done, it trains at its next start, and not a minute or an hour later', async () => {
  await killSouk(souk)
  souk = await startSoukProcess(dataDir)
  expect(souk.output()).toMatch(training)
  const algorithm = async (): Promise<string> => {
    const { data } = await createClient(souk.url).send(
      '{ products(first: 1) { edges { node { boughtTogether(first: 1) { algorithm } } } } }',
    )
    return data.products.edges[0].node.boughtTogether[0].algorithm
  }
  expect(await algorithm()).toBe('basket-neighbours')
  await eventually(algorithm, (found) => found === 'ease + basket-neighbours', {
    ...{ what: 'what was trained is served', within: 300_000, every: 500 },
  })
}, 360_000)

it("a shop that is trained answers the README's query", expectDocumentedExample)

it('a shop that is trained talks as docs/assistant.md shows', async () => {
  const guest = createClient(souk.url)
  guest.token = (await guest.run('MobileStart')).data.startGuestSession.accessToken
  const turns = await documentedConversation()
  expect(turns.length).toBeGreaterThan(5)
  let conversationId: string | undefined
  for (const { said, answered, isAccepted } of turns) {
    const { data } = await guest.run('WebAsk', { input: { message: said, conversationId } })
    expect(data.askAssistant.message).toBe(answered)
    if (isAccepted) await accept(guest, data.askAssistant.proposal.token)
    conversationId = data.askAssistant.conversationId
  }
})

it('a shop that is trained says nothing of it when it starts again', async () => {
  await stopSouk(souk)
  souk = await startSoukProcess(dataDir)
  expect(souk.output()).not.toMatch(training)
})

async function accept(guest: Client, token: string): Promise<void> {
  const { data } = await guest.run('WebAcceptProposal', { token })
  expect(data.acceptProposal).toMatchObject({ itemCount: 2 })
}
