import { readFile } from 'node:fs/promises'
import { join } from 'node:path'

import { expect, test } from 'vitest'

import { subgraphsConfig } from '../embedded/composition/config.ts'
import { gatewayConfig } from '../gateway/config.ts'
import { readGatewayProcessConfig } from '../gateway/process/config.ts'
import { mongodbConfig } from '../platform/mongodb/config.ts'
import { processConfig } from '../platform/process/config.ts'
import { redisConfig } from '../platform/redis/config.ts'

const read = (file: string) => readFile(join(import.meta.dirname, '..', file), 'utf8')

test('whatever can be set is in a table of the README or of docs/growing.md', async () => {
  const tables = (await Promise.all(['README.md', 'docs/growing.md'].map(read))).join('')
  const shapes = [subgraphsConfig, gatewayConfig, processConfig, mongodbConfig, redisConfig].map(({ shape }) => shape)
  const names = [...shapes, readGatewayProcessConfig({})].flatMap((variables) => Object.keys(variables))
  expect([...new Set(names)].filter((name) => !tables.includes(`\`${name}\``))).toEqual([])
})
