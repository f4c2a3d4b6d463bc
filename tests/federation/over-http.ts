import { httpSubgraph } from '../../gateway/fetch/http/http-subgraph.ts'
import { systemClock } from '../../platform/clock.ts'
import { passportControl } from '../../platform/identity/passport.ts'
import { subgraphServer } from '../../platform/process/server.ts'
import { createLogger } from '../../platform/telemetry/logging.ts'
import { misbehavingServer, type Arrived, type MisbehavingServer } from '../support/misbehaving-server.ts'
import { fetchDeadline } from './graph.ts'
import { openShop, type Shop } from './shop.ts'

export interface ShopOverHttp extends Shop {
  /** What stands between the gateway and a subgraph: it passes on, until a test says otherwise. */
  wireTo(subgraph: string): MisbehavingServer
  /** Lets all of them pass on again. */
  passOn(): void
  /** What subgraphs and gateway have logged, one object a line. */
  readonly logged: readonly Readonly<Record<string, unknown>>[]
}

/** The whole graph with a network in it: each subgraph has a port, as a process of its own has. */
export async function openShopOverHttp(): Promise<ShopOverHttp> {
  const wires = new Map<string, { wire: MisbehavingServer; passOn: () => void }>()
  const closing: (() => Promise<void>)[] = []
  const logged: Record<string, unknown>[] = []
  const log = createLogger('info', { write: (line) => logged.push(JSON.parse(line) as Record<string, unknown>) })
  const shop = await openShop({
    log,
    async reach(subgraph, { passportKey: publicKey }) {
      const { name } = subgraph
      const passports = passportControl({ publicKey, subgraph: name, clock: systemClock })
      const server = subgraphServer({ subgraph: () => subgraph, passports, log: log.child({ subgraph: name }) })
      const { port } = await server.listen({ host: '127.0.0.1', port: 0 })
      const forward = forwardTo(`http://127.0.0.1:${port}`)
      const wire = await misbehavingServer(forward)
      const link = httpSubgraph({ name, urls: [wire.url], deadline: fetchDeadline, log })
      wires.set(name, { wire, passOn: () => wire.behave(forward) })
      closing.push(
        () => link.close(),
        () => wire.close(),
        () => server.close(),
      )
      return link
    },
  })
  return {
    ...shop,
    logged,
    wireTo(subgraph) {
      const found = wires.get(subgraph)
      if (found === undefined) throw new Error(`there is no ${subgraph}`)
      return found.wire
    },
    passOn() {
      for (const { passOn } of wires.values()) passOn()
    },
    async stop() {
      for (const close of closing) await close()
      await shop.stop()
    },
  }
}

/** Of a connection, not of what is sent over it. */
const ofTheConnection = ['connection', 'host', 'content-length', 'keep-alive', 'transfer-encoding']

function forwardTo(origin: string) {
  return ({ request, body, response }: Arrived): void => {
    const headers = Object.entries(request.headers).flatMap(([name, value]): [string, string][] =>
      typeof value !== 'string' || ofTheConnection.includes(name) ? [] : [[name, value]],
    )
    void fetch(`${origin}${request.url ?? ''}`, { method: request.method ?? 'GET', headers, body })
      .then(async (answer) => {
        response.writeHead(answer.status, { 'content-type': answer.headers.get('content-type') ?? '' })
        response.end(await answer.text())
      })
      .catch(() => response.destroy())
  }
}
