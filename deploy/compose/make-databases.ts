/** Gives each subgraph a database that it owns; in the image, when PostgreSQL is there. */
import { readFile } from 'node:fs/promises'

import pg from 'pg'
import { z } from 'zod'

import { makeDatabases } from './databases.ts'

const secrets = '/run/secrets/of/databases'
const owners = z.record(z.string(), z.string()).parse(JSON.parse(await readFile(`${secrets}/owners.json`, 'utf8')))
const client = new pg.Client({ connectionString: await readFile(`${secrets}/admin-url`, 'utf8') })
await client.connect()
try {
  await makeDatabases(client, owners)
  console.log(`There is a database for each of ${Object.keys(owners).join(', ')}.`)
} finally {
  await client.end()
}
