import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import fastify, { type FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { graphiqlPage } from './graphiql-page.ts'

describe('the GraphiQL page', () => {
  let distDir: string
  let app: FastifyInstance

  beforeAll(async () => {
    distDir = await mkdtemp(join(tmpdir(), 'souk-graphiql-'))
    await mkdir(join(distDir, 'assets'))
    await writeFile(join(distDir, 'index.html'), '<title>Souk GraphiQL</title>')
    await writeFile(join(distDir, 'assets', 'index-abc.js'), 'export {}')
    await writeFile(join(distDir, '.source-hash'), 'abc')
    app = fastify()
    await app.register(graphiqlPage({ distDir }))
  })

  afterAll(async () => {
    await app.close()
    await rm(distDir, { recursive: true })
  })

  it('is found with and without the closing slash', async () => {
    const short = await app.inject('/graphiql')
    expect(short.statusCode).toBe(302)
    const page = await app.inject(short.headers.location ?? '')
    expect(page.statusCode).toBe(200)
    expect(page.body).toContain('Souk GraphiQL')
  })

  it('may load from its own origin alone', async () => {
    const { headers } = await app.inject('/graphiql/')
    const policy = String(headers['content-security-policy'])
    expect(policy).toContain("default-src 'none'")
    expect(policy).not.toMatch(/https?:|\*|unsafe-eval/)
    expect(headers['x-content-type-options']).toBe('nosniff')
  })

  it('is asked for again on every visit, while files named by their content stay for ever', async () => {
    const page = await app.inject('/graphiql/')
    expect(page.headers['cache-control']).toBe('no-cache')
    const asset = await app.inject('/graphiql/assets/index-abc.js')
    expect(asset.headers['cache-control']).toContain('immutable')
  })

  it.each(['/graphiql/.source-hash', '/graphiql/nothing.js', '/graphiql/%2e%2e/package.json'])(
    'does not serve %s',
    async (url) => {
      const { statusCode } = await app.inject(url)
      expect(statusCode).toBeGreaterThanOrEqual(400)
      expect(statusCode).toBeLessThan(500)
    },
  )

  it('asks for patience while it is being built, and is there once it is', async () => {
    const later = join(distDir, 'later')
    const early = fastify()
    await early.register(graphiqlPage({ distDir: later }))
    const waiting = await early.inject('/graphiql/')
    expect(waiting).toMatchObject({ statusCode: 503, headers: { refresh: '2', 'retry-after': '2' } })
    expect(waiting.body).toContain('not built yet')

    await mkdir(later)
    await writeFile(join(later, 'index.html'), '<title>Souk GraphiQL</title>')
    expect((await early.inject('/graphiql/')).statusCode).toBe(200)
    await early.close()
  })

  it('leaves the policy of other pages alone', async () => {
    const { headers } = await app.inject('/elsewhere')
    expect(headers).not.toHaveProperty('content-security-policy')
  })
})
