import { chromium, type Page } from 'playwright-core'

export interface OfflineBrowser {
  readonly page: Page
  /** Addresses that the page asked for outside its origin; it got none of them. */
  readonly outside: readonly string[]
  /** What went wrong in the page: exceptions, logged errors, violations of its content security policy. */
  readonly errors: readonly string[]
  close(): Promise<void>
}

export interface OfflineBrowserOptions {
  readonly executablePath: string
  /** The one origin that can be reached. */
  readonly origin: string
}

/** Of a browser that runs anywhere, as any user, and for which the internet does not exist. */
export const browserOptions = [
  '--no-sandbox',
  '--disable-dev-shm-usage',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  // Below the page's own requests, which are intercepted: no name of the outside world resolves.
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1',
]

/** A browser with one page, for which the internet does not exist. */
export async function openOfflineBrowser({ executablePath, origin }: OfflineBrowserOptions): Promise<OfflineBrowser> {
  const browser = await chromium.launch({ executablePath, args: browserOptions })
  const context = await browser.newContext({ viewport: { width: 1400, height: 900 }, colorScheme: 'light' })
  const outside: string[] = []
  const errors: string[] = []

  await context.route('**/*', async (route) => {
    const url = route.request().url()
    if (new URL(url).origin === origin) return route.continue()
    outside.push(url)
    return route.abort()
  })
  const page = await context.newPage()
  page.on('pageerror', (error) => errors.push(error.message))
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(message.text())
  })
  return { page, outside, errors, close: () => browser.close() }
}
