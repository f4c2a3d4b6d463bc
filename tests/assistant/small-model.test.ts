import { afterAll, beforeAll, expect, it } from 'vitest'

import {
  startLanguageModel,
  languageModelProgram,
  type LanguageModelServer,
} from '../../scripts/servers/language-model.ts'
import { openModel } from '../../subgraphs/recommendations/assistant/models/open-model.ts'
import type { Json } from '../support/shopping.ts'
import { whereInstalled } from '../support/where-installed.ts'
import { openAssistedShop, type AssistedShop } from './shop.ts'

const patience = 300_000
const say = (line: string) => process.stdout.write(`${line}\n`)

await whereInstalled(languageModelProgram, () => {
  let server: LanguageModelServer
  let shop: AssistedShop
  beforeAll(async () => {
    server = await startLanguageModel()
    const model = await openModel({ ASSISTANT_MODEL: 'openai:SmolLM2-135M-Instruct', ASSISTANT_BASE_URL: server.url })
    if (model === undefined) throw new Error('no model was opened')
    shop = await openAssistedShop({ assistant: { model } })
  }, patience)
  afterAll(async () => {
    await shop.stop()
    await server.stop()
  })

  it(
    'a shopper is answered in time, by the model or by the planner, and nothing is put into the cart unasked',
    async () => {
      const guest = await shop.guest()
      let conversationId: string | undefined
      for (const message of [
        'do you have red retrospot bags?',
        'a red retrospot bag under 5 pounds and something that goes with it',
        'two of the second one',
        'what is in my cart?',
        'what do people like?',
      ]) {
        const begun = performance.now()
        const reply: Json = await shop.ask(guest, message, conversationId)
        const took = performance.now() - begun
        conversationId = reply.conversationId
        say(`${message}\n  ${(took / 1_000).toFixed(1)} s, ${reply.kind}: ${reply.message}`)
        // The budget of a turn, and what a busy machine adds.
        expect(took).toBeLessThan(25_000)
        expect(reply.message).not.toBe('')
        expect(reply.degraded).toBe(reply.kind === 'RULES')
        expect((await guest.run('WebCart')).data.cart).toBeNull()
      }
    },
    patience,
  )
})
