import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { createServer, type Server } from 'node:http'

import { chromium, type Browser } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'

import { startTestSouk, type TestSouk } from '../support/souk.ts'
import { browserConfig } from './config.ts'
import { browserOptions } from './offline-browser.ts'

const { chromium: executablePath } = browserConfig()
const isMissing = !existsSync(executablePath)
const whatIsMissing = `there is no ${executablePath}; apt-get install chromium, or name another in CHROMIUM`

interface Site {
  readonly origin: string
  readonly server: Server
}

/** An empty page on an origin of its own. */
async function serveSite(): Promise<Site> {
  const server = createServer((_request, response) => response.end('<!doctype html><title>A shop front</title>'))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (typeof address !== 'object' || address === null) throw new Error('a port was expected')
  return { origin: `http://127.0.0.1:${address.port}`, server }
}

describe('a page in a browser', () => {
  let listed: Site
  let other: Site
  let souk: TestSouk
  let browser: Browser

  beforeAll(async () => {
    if (isMissing) return
    ;[listed, other] = await Promise.all([serveSite(), serveSite()])
    souk = await startTestSouk({ CORS_ORIGINS: listed.origin })
    // Without the interception of requests, by which a driver would answer preflights itself.
    browser = await chromium.launch({ executablePath, args: browserOptions })
  })

  afterAll(async () => {
    if (isMissing) return
    await browser.close()
    await souk.stop()
    for (const { server } of [listed, other]) server.close()
  })

  beforeEach((context) => context.skip(isMissing, whatIsMissing))

  /** What a page of the origin gets when it asks the graph as a client does, or the reason for which it gets nothing. */
  async function askFrom({ origin }: Site, headers: Record<string, string> = {}) {
    const page = await browser.newPage()
    try {
      await page.goto(origin)
      return await page.evaluate(
        async (asked) => {
          try {
            const response = await fetch(asked.url, {
              method: 'POST',
              headers: { 'content-type': 'application/json', traceparent: asked.traceparent, ...asked.headers },
              body: JSON.stringify({ query: '{ __typename me { id } }' }),
            })
            const { status } = response
            return { status, text: await response.text(), traceId: response.headers.get('x-trace-id') }
          } catch (error) {
            return String(error)
          }
        },
        { url: `${souk.url}/graphql`, headers, traceparent: `00-${traceId}-00f067aa0ba902b7-01` },
      )
    } finally {
      await page.close()
    }
  }
  const traceId = '4bf92f3577b34da6a3ce929d0e0e4736'

  it('of a listed origin asks the graph, and reads the headers that it needs', async () => {
    const text = '{"data":{"__typename":"Query","me":null}}'
    expect(await askFrom(listed)).toEqual({ status: 200, text, traceId })
  })

  it('of a listed origin reads why it is refused', async () => {
    const text = expect.stringContaining('UNAUTHENTICATED')
    expect(await askFrom(listed, { authorization: 'Bearer nonsense' })).toEqual({ status: 401, text, traceId })
  })

  it('of another origin gets nothing', async () => {
    expect(await askFrom(other)).toMatch(/^TypeError: Failed to fetch/)
  })

  it('of another origin does not even learn whether what needs no preflight was answered', async () => {
    const page = await browser.newPage()
    await page.goto(other.origin)
    const asked = page.evaluate(async (url) => {
      const body = '{"query":"mutation { startGuestSession { accessToken } }"}'
      await fetch(url, { method: 'POST', mode: 'no-cors', body })
    }, `${souk.url}/graphql`)
    await expect(asked).rejects.toThrow(/Failed to fetch/)
    await page.close()
  })

  it('shows pictures on any origin', async () => {
    for (const site of [listed, other]) {
      const page = await browser.newPage()
      await page.goto(site.origin)
      await page.setContent(`<img src="${souk.url}/images/bags/big.svg" alt="A big bag">`)
      const picture = page.getByAltText('A big bag')
      // A picture that is blocked has the size of its text.
      await expect.poll(() => picture.boundingBox()).toMatchObject({ width: 640, height: 640 })
      await page.close()
    }
  })
})
