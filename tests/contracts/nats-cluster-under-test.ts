import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

import { services } from '../../deploy/nats/services.ts'
import { natsUsers, passwordVariable } from '../../deploy/nats/users.ts'
import { freePort } from '../../scripts/servers/free-port.ts'
import { startNats, type NatsOptions, type NatsServer } from '../../scripts/servers/nats.ts'

const clusterFile = join(import.meta.dirname, '..', '..', 'deploy', 'nats', 'cluster.conf')

/** Stands in for all services; of it alone nothing is withheld. */
export const credentials = { user: 'seed', password: 'secret-of-seed' }

/** Each is started again by `startNats` with the options that it has here. */
export interface Member {
  readonly options: NatsOptions
  server: NatsServer
}

/** The three servers of `deploy/nats/cluster.conf`, on ports of this machine. */
export async function startNatsCluster(folder: string): Promise<Member[]> {
  const names = ['nats-1', 'nats-2', 'nats-3']
  const places = await Promise.all(
    names.map(async (name) => ({ name, port: await freePort(), http: await freePort(), routes: await freePort() })),
  )
  const shipped = await readFile(clusterFile, 'utf8')
  const members = places.map(({ name, port, http, routes }): NatsOptions => {
    const changes: [string, string][] = [
      ['"0.0.0.0:4222"', `"127.0.0.1:${port}"\nserver_name: ${name}`],
      ['"127.0.0.1:8222"', `"127.0.0.1:${http}"`],
      ['"/data"', JSON.stringify(join(folder, name, 'jetstream'))],
      ['"0.0.0.0:6222"', `"127.0.0.1:${routes}"\n  no_advertise: true`],
      ...places.map((other): [string, string] => [`"nats://${other.name}:6222"`, `"nats://127.0.0.1:${other.routes}"`]),
    ]
    return { folder: join(folder, name), port, environment: passwords(), configuration: changed(shipped, changes) }
  })
  return Promise.all(
    members.map(async (options) => {
      await mkdir(options.folder, { recursive: true })
      const users = natsUsers(services, (name) => `$${passwordVariable(name)}`)
      await writeFile(join(options.folder, 'users.conf'), users)
      return { options, server: await startNats(options) }
    }),
  )
}

/** What is not there is not changed silently: the file says something else by now. */
function changed(text: string, changes: readonly [string, string][]): string {
  return changes.reduce((before, [from, to]) => {
    if (!before.includes(from)) throw new Error(`there is no ${from} in ${clusterFile}`)
    return before.replace(from, to)
  }, text)
}

function passwords(): Record<string, string> {
  return Object.fromEntries(
    [...services.map(({ name }) => name), credentials.user].map((name) => [
      passwordVariable(name),
      `secret-of-${name}`,
    ]),
  )
}
