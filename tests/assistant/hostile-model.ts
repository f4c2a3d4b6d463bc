import { randomUUID } from 'node:crypto'

import { BaseChatModel } from '@langchain/core/language_models/chat_models'
import { AIMessage, HumanMessage, ToolMessage, type BaseMessage } from '@langchain/core/messages'
import type { ChatResult } from '@langchain/core/outputs'

/** An order to the model, as an attacker writes it anywhere: into a message, or into a product's description. */
export function order(tool: string, args: unknown): string {
  return `!!CALL ${tool} ${encodeURIComponent(JSON.stringify(args))}!!`
}

/** What it is to say in the end, so written that the planner cannot repeat it as a shopper's words. `{{PROMPT}}` is all that it was told, `{{SEEN}}` all that tools returned. */
export function saying(text: string): string {
  return `!!SAY ${Buffer.from(text).toString('base64url')}!!`
}

/** Makes it call the tool again and again. */
export function looping(tool: string, args: unknown): string {
  return `!!LOOP ${tool} ${encodeURIComponent(JSON.stringify(args))}!!`
}

interface Order {
  readonly kind: string
  readonly tool: string
  readonly text: string
}

const data = /<shop-data>.*?<\/shop-data>/gs

/** The worst model there could be: it does whatever it is told by anybody, with whatever arguments it is given. */
export class HostileModel extends BaseChatModel {
  /** All that it has read, beside its own instructions and the shopper's words: what it could tell. */
  readonly seen: string[] = []
  /** Calls that it made of its own, by orders that it found outside of the shopper's message. */
  readonly obeyedData: string[] = []
  readonly #obeysData: boolean

  /** @param obeysData false: it keeps to one instruction, that what is between the marks is data */
  constructor({ obeysData }: { readonly obeysData: boolean }) {
    super({})
    this.#obeysData = obeysData
  }

  override _llmType(): string {
    return 'hostile'
  }

  override bindTools(): this {
    return this
  }

  override _generate(messages: BaseMessage[]): Promise<ChatResult> {
    const message = this.#next(messages)
    return Promise.resolve({ generations: [{ text: message.text, message }] })
  }

  #next(messages: readonly BaseMessage[]): AIMessage {
    const from = messages.findLastIndex((message) => HumanMessage.isInstance(message))
    const turn = messages.slice(from)
    const tools = turn.filter((message) => ToolMessage.isInstance(message))
    this.seen.push(...tools.map(({ text }) => text))
    const orders = turn.flatMap((message) => this.#ordersIn(message))
    const loop = orders.find(({ kind }) => kind === 'LOOP')
    if (loop !== undefined) return called([loop, loop, loop], tools)
    const calls = orders.filter(({ kind }) => kind === 'CALL')
    const asked = turn.filter((message) => AIMessage.isInstance(message)).length
    const next = calls[asked]
    if (next !== undefined) return called([next], tools)
    const told = messages.filter((message) => message.type === 'system').map(({ text }) => text)
    const last = orders.findLast(({ kind }) => kind === 'SAY')?.text ?? 'Done.'
    const seen = tools.map(({ text }) => text).join('\n')
    return new AIMessage(last.replaceAll('{{PROMPT}}', told.join('\n')).replaceAll('{{SEEN}}', seen))
  }

  #ordersIn(message: BaseMessage): Order[] {
    const isData = ToolMessage.isInstance(message)
    const text = isData && !this.#obeysData ? message.text.replace(data, ' ') : message.text
    const found = [...text.matchAll(/!!(CALL|LOOP|SAY) (?:(\w+) )?([^!\s]+)!!/g)].map(
      ([, kind = '', tool = '', encoded = '']): Order => ({
        ...{ kind, tool },
        text: kind === 'SAY' ? Buffer.from(encoded, 'base64url').toString() : decodeURIComponent(encoded),
      }),
    )
    if (isData) this.obeyedData.push(...found.map(({ kind, tool }) => `${kind} ${tool}`))
    return found
  }
}

/** `{{VARIANT}}` and `{{PRODUCT}}` are the first that tools returned. */
function called(orders: readonly Order[], tools: readonly BaseMessage[]): AIMessage {
  const seen = tools.map(({ text }) => text).join('\n')
  const first = (key: string) => new RegExp(`"${key}":"([^"]+)"`).exec(seen)?.[1] ?? randomUUID()
  return new AIMessage({
    content: '',
    tool_calls: orders.map(({ tool, text }) => ({
      id: `call_${randomUUID()}`,
      name: tool,
      args: JSON.parse(
        text.replaceAll('{{VARIANT}}', first('variantId')).replaceAll('{{PRODUCT}}', first('productId')),
      ) as Record<string, unknown>,
      type: 'tool_call',
    })),
  })
}
