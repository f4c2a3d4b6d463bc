import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { EventEmitter, once } from 'node:events'
import type { AddressInfo } from 'node:net'

/** What a served model answers: words, calls of tools, or something that goes wrong. */
export type ServedAnswer =
  | { readonly say: string; readonly finish?: string }
  | { readonly call: string; readonly args: unknown; readonly finish?: string }
  /** Several calls at once, whose arguments are texts, right or wrong. */
  | { readonly calls: readonly (readonly [tool: string, args: string])[] }
  | { readonly status: number }
  | { readonly body: string }
  | 'hang'

interface ChatRequest {
  readonly stream?: boolean
  readonly messages: readonly { readonly role: string; readonly content: unknown }[]
  readonly tools?: readonly { readonly function: { readonly name: string } }[]
}

export interface OpenAiServer {
  readonly url: string
  /** What it was asked, newest last. */
  readonly requests: readonly ChatRequest[]
  /** What it answers from now on, one after the other; the last again and again. */
  answers(...answers: readonly ServedAnswer[]): void
  /** Resolves when the next who is left without an answer goes away. */
  closed(): Promise<void>
  close(): Promise<void>
}

/** A model behind the protocol of OpenAI's chat completions, streamed or not, on a port of its own. */
export async function startOpenAiServer(): Promise<OpenAiServer> {
  const requests: ChatRequest[] = []
  const left = new EventEmitter()
  let script: readonly ServedAnswer[] = [{ say: 'Hello.' }]
  const server = createServer((request, response) => {
    void answer(request, response)
  })

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let text = ''
    for await (const chunk of request) text += String(chunk)
    const asked = JSON.parse(text) as ChatRequest
    requests.push(asked)
    const [next = { say: 'Hello.' }, ...rest] = script
    if (rest.length > 0) script = rest
    if (next === 'hang') return void response.once('close', () => left.emit('left'))
    if ('status' in next) return void response.writeHead(next.status).end('{"error":{"message":"it is broken"}}')
    if ('body' in next) return void response.writeHead(200, { 'content-type': 'application/json' }).end(next.body)
    if (asked.stream === true) stream(next, response)
    else response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(whole(next)))
  }

  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}/v1`,
    requests,
    answers(...answers) {
      script = answers
    },
    async closed() {
      await once(left, 'left')
    },
    async close() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

type Told = Extract<ServedAnswer, { say: string } | { call: string } | { calls: unknown }>

const common = { id: 'chatcmpl-1', created: 1, model: 'served' }

function messageOf(told: Told) {
  if ('say' in told) return { role: 'assistant', content: told.say }
  const calls = 'calls' in told ? told.calls : [[told.call, JSON.stringify(told.args)] as const]
  const toolCalls = calls.map(([name, args], index) => ({
    // Some servers count anew in each answer.
    ...{ index, id: `call_${index}`, type: 'function' },
    function: { name, arguments: args },
  }))
  return { role: 'assistant', content: null, tool_calls: toolCalls }
}

function finishOf(told: Told): string {
  if ('finish' in told && told.finish !== undefined) return told.finish
  return 'say' in told ? 'stop' : 'tool_calls'
}

function whole(told: Told) {
  const usage = { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 }
  return {
    ...{ ...common, object: 'chat.completion', usage },
    choices: [{ index: 0, message: messageOf(told), finish_reason: finishOf(told) }],
  }
}

/** Server-sent events: the message, a few letters at a time, then its end. */
function stream(told: Told, response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'text/event-stream' })
  const send = (delta: unknown, finish: string | null = null) =>
    response.write(
      `data: ${JSON.stringify({ ...common, object: 'chat.completion.chunk', choices: [{ index: 0, delta, finish_reason: finish }] })}\n\n`,
    )
  if ('say' in told) for (const content of told.say.match(/.{1,8}/gs) ?? []) send({ role: 'assistant', content })
  else send(messageOf(told))
  send({}, finishOf(told))
  response.end('data: [DONE]\n\n')
}
