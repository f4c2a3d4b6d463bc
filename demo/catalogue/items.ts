import { parse } from 'csv-parse/sync'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import { z } from 'zod'

/** One row of `items.csv.gz`: what the retailer sold under one stock code. */
export interface DemoItem {
  index: number
  code: string
  original: string
  /** GBP pence. */
  price: number
}

const itemRow = z.tuple([
  z.string().regex(/^\d+$/),
  z.string().regex(/^\d{5}[A-Z]{0,2}$/),
  z.string().trim().min(1),
  z.string(),
])

// Dearer than anything in the file by far: a slipped decimal point, not a price.
const absurdPrice = 1_000_000

/** Pence from pounds as written ("2.1" is 210), digit by digit because 1.15 * 100 is not 115. */
export function penceOf(pounds: string): number {
  const written = /^(\d+)(?:\.(\d{1,2}))?$/.exec(pounds)
  const pence = written ? Number(written[1]) * 100 + Number((written[2] ?? '').padEnd(2, '0')) : Number.NaN
  if (!(pence > 0 && pence < absurdPrice)) throw new Error(`not a price in pounds: "${pounds}"`)
  return pence
}

export async function readGzippedText(file: string): Promise<string> {
  const text = await promisify(gunzip)(await readFile(file))
  return text.toString('utf8')
}

/** Throws when a row is malformed or out of sequence, since baskets refer to items by their place in the file. */
export async function readDemoItems(dataDir: string): Promise<DemoItem[]> {
  const text = await readGzippedText(join(dataDir, 'online-retail', 'items.csv.gz'))
  // Some names hold a bare inch sign, which strict CSV would take for a quotation.
  const rows: unknown[] = parse(text, { relax_quotes: true })
  return rows.map((row, place) => {
    const [index, code, original, pounds] = itemRow.parse(row)
    if (Number(index) !== place) throw new Error(`items.csv.gz: row ${place} has the index ${index}`)
    return { index: place, code, original, price: penceOf(pounds) }
  })
}
