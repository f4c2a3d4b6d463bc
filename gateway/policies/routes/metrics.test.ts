import { fileURLToPath } from 'node:url'

import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { visitor } from '../../../platform/identity/viewer.ts'
import { createLogger } from '../../../platform/telemetry/logging.ts'
import type { PlanNode } from '../../engine/apollo/planner.ts'
import { compiledExecutor } from '../../engine/compiled/executor.ts'
import { createEngine } from '../../engine/engine.ts'
import type { Gateway } from '../../gateway.ts'
import { createMetrics } from '../../metrics/metrics.ts'
import { registeredOperations } from '../../registered-operations.ts'
import { bareGateway, bareGraph } from '../../testing/bare-gateway.ts'

const clients = fileURLToPath(new URL('../../../clients/', import.meta.url))
const log = createLogger('silent')
const registered = () => registeredOperations(clients, log)

let gateway: Gateway
beforeAll(async () => {
  gateway = await bareGateway({ registered })
})
afterAll(() => gateway.close(1_000))

async function metrics(): Promise<string> {
  const { headers, payload } = await gateway.server.inject('/metrics')
  expect(headers['content-type']).toMatch(/^text\/plain; version=0\.0\.4/)
  return payload
}

const valueOf = (text: string, name: string) => Number(new RegExp(`^${name} (.+)$`, 'm').exec(text)?.[1])

describe('/metrics', () => {
  it('is shown by the address of the process, and not by a name by which clients come', async () => {
    const hosts = { bind: '0.0.0.0', allowed: ['Shop.example.org', '*.example.com'] }
    const behindNames = await bareGateway({ config: { hosts } })
    const statusBy = async (host: string) =>
      (await behindNames.server.inject({ url: '/metrics', headers: { host } })).statusCode
    const hostnames = ['10.0.3.7:4000', 'shop.example.org', 'SHOP.example.org:443', 'eu.example.com', 'elsewhere.net']
    expect(await Promise.all(hostnames.map(statusBy))).toEqual([200, 404, 404, 404, 200])
    await behindNames.close(1_000)
  })

  it('counts no operation of any client as one that cannot be compiled', async () => {
    await gateway.warm()
    const text = await metrics()
    expect(valueOf(text, 'souk_gateway_operations_prepared_total')).toBeGreaterThan(30)
    expect(text).toContain('# TYPE souk_gateway_operations_not_compiled_total counter')
    expect(text).not.toMatch(/^souk_gateway_operations_not_compiled_total\{/m)
  })

  it('counts supergraphs that were taken, and how long that took, and those that were not', async () => {
    const graph = bareGraph()
    await gateway.swap({ ...graph, supergraphSdl: `${graph.supergraphSdl}\n# another one` })
    await expect(gateway.swap({ ...graph, supergraphSdl: 'type Query { none: Int }' })).rejects.toThrow()
    const text = await metrics()
    expect(valueOf(text, 'souk_gateway_supergraph_swap_seconds_count')).toBe(1)
    expect(valueOf(text, 'souk_gateway_supergraph_swap_seconds_sum')).toBeGreaterThan(0)
    expect(text).toContain('souk_gateway_supergraph_refused_total{reason="unusable"} 1')
  })
})

describe('an operation that cannot be compiled', () => {
  it.each<[string, () => PlanNode]>([
    ['@defer', () => ({ kind: 'Defer', primary: {}, deferred: [] })],
    [
      'no plan',
      () => {
        throw new Error('the planner gave up')
      },
    ],
  ])('is counted by its reason, each time it is asked for, and planned once: %s', async (reason, plan) => {
    const counted = createMetrics()
    let planned = 0
    const engine = createEngine(
      { ...bareGraph(), identify: () => Promise.resolve(visitor), log, metrics: counted, config },
      ({ schema }, linkTo, all) => {
        const planner = {
          schema,
          plan() {
            planned += 1
            return plan()
          },
        }
        return compiledExecutor(planner, linkTo, all)
      },
    )
    const request = {
      ...{ text: '{ me { id } }', operationName: undefined, variables: {} },
      ...{ readOnly: false, onErrand: false, payFor: () => Promise.resolve(), whenGone: () => undefined },
    }
    const asker = {
      ...{ viewer: visitor, traceparent: '', clientAddress: undefined },
      ...{ signal: new AbortController().signal, late: new Set<string>(), changed: new Set<string>() },
    }
    for (let at = 0; at < 2; at += 1) {
      const { errors } = await engine.answer(request, asker)
      expect(errors).toMatchObject([{ extensions: { code: 'INTERNAL_SERVER_ERROR' } }])
    }
    const { text } = await counted.exposition()
    expect([planned, text.includes(`souk_gateway_operations_not_compiled_total{reason="${reason}"} 2`)]).toEqual([
      1,
      true,
    ])
    await engine.stop()
  })
})

const config = {
  ...{ production: false, graphiqlFolder: '', fetchDeadline: 1_000 },
  ...{ hosts: { bind: '', allowed: [] }, corsOrigins: [] },
}
