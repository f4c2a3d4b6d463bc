import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

import type { Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { z } from 'zod'

import { startTestSouk } from '../support/souk.ts'
import { browserConfig } from './config.ts'
import { keptTab, openTab, runUntilShown, textOf } from './graphiql-editor.ts'
import { openOfflineBrowser, type OfflineBrowser } from './offline-browser.ts'

const { chromium, screenshotDir } = browserConfig()
const isMissing = !existsSync(chromium)
const whatIsMissing = `there is no ${chromium}; apt-get install chromium, or name another in CHROMIUM`

const run = promisify(execFile)
const builder = fileURLToPath(new URL('../../scripts/build-graphiql.js', import.meta.url))

describe('GraphiQL in a browser without the internet', () => {
  let souk: Awaited<ReturnType<typeof startTestSouk>>
  let browser: OfflineBrowser
  let page: Page

  beforeAll(async () => {
    if (isMissing) {
      process.stdout.write(`Skipped: GraphiQL in a browser: ${whatIsMissing}\n`)
      return
    }
    await run(process.execPath, [builder])
    souk = await startTestSouk()
    browser = await openOfflineBrowser({ executablePath: chromium, origin: new URL(souk.url).origin })
    page = browser.page
  })

  afterAll(async () => {
    if (isMissing) return
    await browser.close()
    await souk.stop()
  })

  beforeEach((context) => context.skip(isMissing, whatIsMissing))

  it('opens with the examples as tabs', async () => {
    await page.goto(new URL('/graphiql', souk.url).href)
    await page.getByRole('tab', { name: 'Browse' }).waitFor()
    expect(await page.title()).toBe('Souk GraphiQL')
    expect(await page.getByRole('tab').allInnerTexts()).toContain('PlaceOrder')
  })

  it('runs an example and shows what the graph answers', async () => {
    const name = await firstFound(souk.url)
    expect(name).toMatch(/retrospot/i)
    await runUntilShown(page, `"name": "${name}"`)
  })

  it('fills the next example in with what that answer showed', async () => {
    await openTab(page, 'ProductPage')
    await runUntilShown(page, '"description": ')
    expect(await textOf(page.getByLabel('Variables', { exact: true }))).toMatch(/"slug": "[\w-]+"/)
  })

  it('signs in as the demo shopper, who is then who asks', async () => {
    await page.getByRole('button', { name: 'Demo shopper' }).click()
    await page.getByRole('status').getByText('shopper@souk.test').waitFor()
    await openTab(page, 'MyOrders')
    await runUntilShown(page, '"email": "shopper@souk.test"')
  })

  it('can be looked at, in one window without a scrollbar', async () => {
    await openTab(page, 'Browse')
    await runUntilShown(page, '"totalCount"')
    const picture = await page.screenshot(screenshotDir === null ? {} : { path: join(screenshotDir, 'graphiql.png') })
    expect(picture.byteLength).toBeGreaterThan(10_000)
    const { width } = page.viewportSize() ?? { width: 1400 }
    for (const height of [600, 700, 900]) {
      await page.setViewportSize({ width, height })
      const heights = await page.evaluate<number[]>('[innerHeight, document.documentElement.scrollHeight]')
      expect(heights).toEqual([height, height])
    }
  })

  it('asks the assistant, and accepts what it has proposed', async () => {
    await openTab(page, 'AskAssistant')
    await runUntilShown(page, '"token": ')
    await openTab(page, 'AcceptProposal')
    await runUntilShown(page, '"itemCount": ')
  })

  it('is as it was after a reload', async () => {
    await openTab(page, 'MyCart')
    await keptTab(page, 'MyCart')
    await page.reload()
    await page.getByRole('status').getByText('shopper@souk.test').waitFor()
    await page.getByLabel('Operation Editor').getByText(' MyCart').waitFor()
  })

  it('says why a sign-in is refused, and stays who one was', async () => {
    await page.getByRole('button', { name: 'Sign in…' }).click()
    await page.getByLabel('E-mail').fill('nobody@souk.test')
    await page.getByLabel('Password').fill('not a password')
    await page.getByRole('button', { name: 'Sign in', exact: true }).click()
    await page.locator('.account-notice').waitFor()
    expect(await page.getByRole('status').innerText()).toContain('shopper@souk.test')
  })

  it('asked nobody but Souk for anything, and broke nothing', () => {
    expect(browser.outside).toEqual([])
    expect(browser.errors).toEqual([])
  })
})

const searchAnswer = z.object({
  data: z.object({ products: z.object({ edges: z.array(z.object({ node: z.object({ name: z.string() }) })) }) }),
})

/** What the example's own search finds first, asked without a browser. */
async function firstFound(url: string): Promise<string | undefined> {
  const query = '{ products(filter: { text: "retrospot", inStockOnly: true }, first: 5) { edges { node { name } } } }'
  const response = await fetch(new URL('/graphql', url), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query }),
  })
  const { data } = searchAnswer.parse(await response.json())
  return data.products.edges[0]?.node.name
}
