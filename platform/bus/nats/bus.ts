import type { Bus, Subscription } from '../../messaging/bus.ts'
import { doneWithin } from '../../work/deadline.ts'
import { singleFlight } from '../../work/single-flight.ts'
import { consumeLog } from './consuming/consume.ts'
import { countDeadLetters, listDeadLetters, replayDeadLetter } from './failed-messages/dead-letters.ts'
import { answered, throughOutages } from './failures.ts'
import { buryGivenUp } from './failed-messages/given-up.ts'
import { connectParts, type BusParts, type NatsBusOptions } from './parts.ts'
import { createPublisher } from './publish.ts'
import { readState, rereadState } from './consuming/read-state.ts'
import { declareStreams } from './streams/declare.ts'
import { streamNames } from './streams/subjects.ts'
import { watchState } from './consuming/watch-state.ts'

/** A cluster has to find its leader, and a server that is away may come: a start waits so long, in milliseconds. */
const startPatience = 60_000

/** The bus on NATS JetStream. Several processes may share it; none needs a restart when the server goes away. */
export async function natsBus(options: NatsBusOptions): Promise<Bus> {
  const parts = await connectParts(options)
  const { connection, manager } = parts
  const givenUp = await declared(parts, copiesOf(options)).catch(async (thrown: unknown) => {
    // Whoever starts tries again, on a connection of its own.
    await connection.close()
    throw thrown
  })
  const publish = createPublisher(parts)

  /** A subscription is declared on the server, which may be away just now. */
  const opened = (open: () => Promise<Subscription>) => throughOutages(open, { within: startPatience })

  return {
    publish,
    consume: (consumer) => opened(() => consumeLog(parts, consumer)),
    readState: (reader) => opened(() => readState(parts, reader)),
    watchState: (watcher) => opened(() => watchState(parts, watcher)),
    rereadState: (readerName) => rereadState(parts, readerName),
    deadLetters: (page) => answered(() => listDeadLetters(parts, page)),
    countDeadLetters: () => answered(() => countDeadLetters(parts)),
    replayDeadLetter: (id) => answered(() => replayDeadLetter(parts, id)),
    ready: singleFlight(async () => {
      await manager.getAccountInfo()
      return true
    }),
    async stop() {
      await givenUp.stop()
      // What was sent last, such as an acknowledgement, arrives; unless the server is away.
      await doneWithin(1_000, () => connection.flush()).catch(() => false)
      await connection.close()
    },
  }
}

/** What the bus needs of the server is there, and what that gave up is being buried. */
async function declared(parts: BusParts, copies: number): Promise<Pick<Subscription, 'stop'>> {
  await throughOutages(() => declareStreams(parts.manager, copies), { within: startPatience })
  if (copies === 1) await warnOfCluster(parts)
  return throughOutages(() => buryGivenUp(parts), { within: startPatience })
}

/** One name may stand before several servers: whoever named it may believe that all of them have what it says. */
async function warnOfCluster({ manager, log }: BusParts): Promise<void> {
  const { cluster, config } = await throughOutages(() => manager.streams.info(streamNames.log), {
    within: startPatience,
  })
  // A server by itself has no name of a cluster.
  if (config.num_replicas === 1 && cluster?.name !== undefined && cluster.name !== '')
    log.warn({ cluster: cluster.name }, 'NATS is a cluster, and one of its servers keeps everything: say NATS_COPIES=3')
}

function copiesOf({ servers, copies }: NatsBusOptions): number {
  const given = typeof servers === 'string' ? servers.split(',').length : servers.length
  return copies ?? (given >= 3 ? 3 : 1)
}
