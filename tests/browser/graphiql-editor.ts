import type { Locator, Page } from 'playwright-core'
import { vi } from 'vitest'
import { z } from 'zod'

/** The text of a Monaco editor as far as it is in view; it pads with no-break spaces. */
export async function textOf(editor: Locator): Promise<string> {
  const text = await editor.locator('.view-lines').first().innerText()
  return text.replaceAll('\u00a0', ' ')
}

/** Opens the tab `name`, and resolves when the editor shows its operation. */
export async function openTab(page: Page, name: string): Promise<void> {
  const tab = page.getByRole('tab', { name })
  // Tabs can be dragged, and one that is being redrawn takes a click faster than a person's for nothing.
  const open = async (): Promise<void> => {
    await tab.click({ delay: 50 })
    if ((await tab.getAttribute('aria-selected')) !== 'true') throw new Error(`The tab ${name} does not open`)
  }
  await vi.waitFor(open, { timeout: 10_000 })
  await page.getByLabel('Operation Editor').getByText(` ${name}`).first().waitFor()
}

/** Resolves when GraphiQL has stored that the tab `name` is open, which it does a moment after it was opened. */
export async function keptTab(page: Page, name: string): Promise<void> {
  await vi.waitFor(async () => {
    const stored = await page.evaluate<string>('JSON.stringify({ ...localStorage })')
    const open = openTabIn(stored)
    if (open !== name) throw new Error(`The open tab is stored as ${open ?? 'none'}`)
  })
}

const tabState = z.object({ tabs: z.array(z.object({ title: z.string() })), activeTabIndex: z.int() })

function openTabIn(stored: string): string | undefined {
  const entries = z.record(z.string(), z.string()).parse(JSON.parse(stored))
  const [, state] = Object.entries(entries).find(([key]) => key.endsWith(':tabState')) ?? []
  if (state === undefined) return undefined
  const { tabs, activeTabIndex } = tabState.parse(JSON.parse(state))
  return tabs[activeTabIndex]?.title
}

/** Runs what is in the editor and resolves when the answer shows `expected`. */
export async function runUntilShown(page: Page, expected: string): Promise<void> {
  // GraphiQL reads the operation's name a moment after the text has changed, faster than people press buttons; a run
  // in that moment asks for the last tab's operation, so it is repeated.
  const run = async (): Promise<void> => {
    await page.getByRole('button', { name: /^Execute query/ }).click()
    await vi.waitFor(() => showsResult(page, expected), { timeout: 3_000 })
  }
  await vi.waitFor(run, { timeout: 20_000 })
}

async function showsResult(page: Page, expected: string): Promise<void> {
  const result = await textOf(page.getByLabel('Result Window'))
  if (!result.includes(expected)) throw new Error(`The result does not show ${expected}, but:\n${result}`)
}
