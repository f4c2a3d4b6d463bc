import { request as send } from 'node:http'
import { brotliDecompressSync } from 'node:zlib'

import { expect, it } from 'vitest'

import { registeredOperations } from '../../support/shopping.ts'

/** Unlike `fetch`, this leaves the body as it came over the line. */
function bytesOf(url: string, body: string): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const headers = { 'content-type': 'application/json', 'accept-encoding': 'br' }
    const asked = send(`${url}/graphql`, { method: 'POST', headers }, (answer) => {
      const chunks: Buffer[] = []
      answer.on('data', (chunk: Buffer) => chunks.push(chunk))
      answer.on('end', () => resolve(Buffer.concat(chunks)))
      answer.on('error', reject)
    })
    asked.on('error', reject)
    asked.end(body)
  })
}

export function compression(url: () => string): void {
  it('a page of 33 KB for the shop goes out in less than 7 KB', async () => {
    const query = registeredOperations().get('WebBrowse')
    const packed = await bytesOf(url(), JSON.stringify({ query, variables: { first: 55 } }))
    const whole = brotliDecompressSync(packed).toString()
    expect(JSON.parse(whole).data.products.edges).toHaveLength(55)
    expect(whole.length).toBeGreaterThan(33_000)
    expect(packed.length).toBeLessThan(7_000)
  })
}
