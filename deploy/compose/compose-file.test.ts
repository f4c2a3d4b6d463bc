import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { z } from 'zod'

import { readGatewayProcessConfig } from '../../gateway/process/config.ts'
import { parseConfig } from '../../platform/config.ts'
import { processConfig } from '../../platform/process/config.ts'
import { readSubgraphList } from '../../platform/subgraph/list.ts'
import { secretFiles } from './secret-files.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))

const service = z.object({
  image: z.string(),
  command: z.array(z.string()).default([]),
  user: z.string(),
  environment: z.record(z.string(), z.string()).default({}),
  ports: z.array(z.string()).default([]),
  networks: z.array(z.string()).default([]),
  read_only: z.literal(true),
  cap_drop: z.tuple([z.literal('ALL')]),
  security_opt: z.tuple([z.literal('no-new-privileges:true')]),
  restart: z.enum(['unless-stopped', 'on-failure']),
  stop_grace_period: z.string(),
  deploy: z.object({ resources: z.object({ limits: z.object({ memory: z.string(), pids: z.number() }) }) }),
})

/** Anything less confined than that is no such file. */
const { services } = z
  .object({ services: z.record(z.string(), service) })
  .parse(parse(readFileSync(`${root}docker-compose.yml`, 'utf8'), { merge: true }))

const subgraphs = readSubgraphList(root).map(({ name, url }) => ({ name, port: Number(new URL(url).port) }))
const secrets = secretFiles(subgraphs, (of) => of.replaceAll(' ', '-').padEnd(of === 'proposals' ? 32 : 0, '0'))

/** As the container has it: `${NAME:-value}` is what it is where nobody sets NAME, a secret's file what it holds. */
function environmentOf(name: string): Record<string, string> {
  return Object.fromEntries(
    Object.entries(services[name]?.environment ?? {}).map(([variable, value]) => {
      const plain = value.replaceAll(/\$\{\w+:-(.*?)\}/g, '$1')
      return variable.endsWith('_FILE') ? [variable.replace(/_FILE$/, ''), secretAt(plain)] : [variable, plain]
    }),
  )
}

function secretAt(path: string): string {
  const [, reader = '', file = ''] = /^\/run\/secrets\/of\/([\w-]+)\/([\w-]+)$/.exec(path) ?? []
  const text = secrets[reader]?.files[file]
  if (text === undefined) throw new Error(`no secret is written to ${path}`)
  return text
}

async function definitionOf(name: string): Promise<{ config: z.ZodType }> {
  const exported: Record<string, { config: z.ZodType }> = await import(`../../subgraphs/${name}/process.ts`)
  const definition = exported[`${name}Process`]
  if (definition === undefined) throw new Error(`${name} cannot be a process`)
  return definition
}

describe('docker-compose.yml', () => {
  it('publishes the port of the gateway alone, to this machine', () => {
    const published = Object.entries(services).flatMap(([name, { ports }]) => ports.map((port) => [name, port]))
    expect(published).toEqual([['gateway', '${SOUK_ADDRESS:-127.0.0.1}:${PORT:-4000}:4000']])
  })

  it('runs nothing as root but what makes the rest ready', () => {
    const asRoot = Object.entries(services).filter(([, { user }]) => user.startsWith('0:'))
    expect(asRoot.map(([name]) => name)).toEqual(['ready'])
  })

  it('pins every image by version', () => {
    const images = Object.values(services).map(({ image }) => image)
    expect(
      images.filter((image) => !/^(souk:local|[a-z]+:\d+\.\d+\.\d+[\w-]*|postgres:\d+\.\d+-\w+)$/.test(image)),
    ).toEqual([])
  })

  it.each(Object.keys(services))('tells %s no secret that is for another', (name) => {
    const paths = Object.values(services[name]?.environment ?? {}).filter((value) => value.startsWith('/run/secrets/'))
    expect(paths.filter((path) => !path.startsWith(`/run/secrets/of/${name}/`))).toEqual([])
  })

  it.each(subgraphs)('runs $name, which accepts its configuration', async ({ name }) => {
    expect(services[name]).toMatchObject({
      command: [`subgraphs/${name}/main.ts`],
      user: `${secrets[name]?.user}:${secrets[name]?.user}`,
    })
    const environment = environmentOf(name)
    const { config } = await definitionOf(name)
    expect(() => parseConfig(config, environment)).not.toThrow()
    const known = [config, processConfig].flatMap((schema) => Object.keys(z.toJSONSchema(schema).properties ?? {}))
    // One variable for all: not every part asks for it.
    expect([...known, 'NODE_ENV']).toEqual(expect.arrayContaining(Object.keys(environment)))
    expect(parseConfig(processConfig, environment)).toMatchObject({ HOST: '0.0.0.0', PORT: 4000 })
  })

  it('runs the gateway, which accepts its configuration', () => {
    expect(readGatewayProcessConfig(environmentOf('gateway'))).toMatchObject({
      HOST: '0.0.0.0',
      PORT: 4000,
      REDIS_URL: 'redis://gateway:redis-gateway@redis:6379',
      NATS_URL: 'nats://gateway:nats-gateway@nats:4222',
      ALLOWED_HOSTS: ['localhost', '127.0.0.1'],
    })
  })

  it('tells the gateway where each subgraph is', () => {
    const addresses = Object.entries(environmentOf('gateway')).filter(([variable]) =>
      variable.startsWith('SUBGRAPH_URL_'),
    )
    expect(Object.fromEntries(addresses)).toEqual(
      Object.fromEntries(
        subgraphs.map(({ name }) => [`SUBGRAPH_URL_${name.toUpperCase()}`, `http://${name}:4000/graphql`]),
      ),
    )
  })

  it('lets a part reach its own stores, the gateway and nothing else', () => {
    const stores = ['postgres', 'mongodb', 'redis', 'nats']
    for (const { name } of subgraphs) {
      const named = Object.keys(secrets[name]?.files ?? {})
      const reached = services[name]?.networks.filter((network) => stores.includes(network)) ?? []
      const used = Object.entries(environmentOf(name))
        .filter(([variable]) => variable.endsWith('_URL') && !['SMTP_URL', 'GRAPH_URL'].includes(variable))
        .map(([, value]) => new URL(value).hostname)
      expect(new Set(reached), name).toEqual(new Set(used))
      expect(named.length, name).toBeGreaterThan(0)
    }
  })
})
