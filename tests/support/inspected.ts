import { WebSocket } from 'undici'

import { eventually } from './shopping.ts'

export interface Inspected {
  /** Addresses of all modules and scripts that the process has loaded so far. */
  loaded(): readonly string[]
  /** Bytes: of objects that are in use, and of the whole process. */
  memory(): Promise<{ readonly heap: number; readonly resident: number }>
  close(): void
}

interface Message {
  readonly id?: number
  readonly method?: string
  readonly params?: { readonly url?: string }
  readonly result?: { readonly result?: { readonly value?: string } }
}

/** What a process of Node holds, that was started with this option. */
export const inspectable = '--inspect=127.0.0.1:0'

/** @param output what the process writes on standard error: where its inspector listens */
export async function inspect(output: () => string): Promise<Inspected> {
  const address = await eventually(
    () => Promise.resolve(/ws:\/\/\S+/.exec(output())?.[0] ?? ''),
    (found) => found !== '',
    { what: 'its inspector listens' },
  )
  const socket = new WebSocket(address)
  const urls: string[] = []
  const answers = new Map<number, (message: Message) => void>()
  socket.addEventListener('message', ({ data }) => {
    const message = JSON.parse(String(data)) as Message
    if (message.method === 'Debugger.scriptParsed') urls.push(message.params?.url ?? '')
    if (message.id !== undefined) answers.get(message.id)?.(message)
  })
  await new Promise((resolve, reject) => {
    socket.addEventListener('open', resolve)
    socket.addEventListener('error', reject)
  })

  let asked = 0
  function ask(method: string, params: object = {}): Promise<Message> {
    const id = (asked += 1)
    const answer = new Promise<Message>((resolve) => answers.set(id, resolve))
    socket.send(JSON.stringify({ id, method, params }))
    return answer
  }

  // It tells of each script that there is, and then answers.
  await ask('Debugger.enable')
  return {
    loaded: () => [...urls],
    async memory() {
      await ask('HeapProfiler.collectGarbage')
      const expression = 'JSON.stringify(process.memoryUsage())'
      const { result } = await ask('Runtime.evaluate', { expression, returnByValue: true })
      const used = JSON.parse(result?.result?.value ?? '') as { heapUsed: number; rss: number }
      return { heap: used.heapUsed, resident: used.rss }
    },
    close: () => socket.close(),
  }
}
