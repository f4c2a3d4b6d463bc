import { MongoClient } from 'mongodb'
import { Redis } from 'ioredis'
import { z } from 'zod'

import { StartError } from '../../embedded/start-error.ts'
import { connectNats } from '../../platform/bus/nats/connection.ts'
import { parseConfig, type Environment } from '../../platform/config.ts'
import { asError } from '../../platform/errors.ts'
import { mongodbConfig } from '../../platform/mongodb/config.ts'
import { groundConfig } from '../../platform/process/config.ts'
import { redisConfig } from '../../platform/redis/config.ts'
import { createLogger } from '../../platform/telemetry/logging.ts'

const storesConfig = z.object({
  MONGODB_URL: mongodbConfig.shape.MONGODB_URL,
  REDIS_URL: redisConfig.shape.REDIS_URL,
  NATS_URL: groundConfig.shape.NATS_URL,
})

/** Milliseconds that a server which is there already may take to answer. */
const patience = 3_000

/**
 * The servers that the environment names, each of which has answered.
 * @throws ConfigError when an address is none; StartError when nobody answers there
 */
export async function readGivenStores(environment: Environment): Promise<Environment> {
  const given = parseConfig(storesConfig, environment)
  await Promise.all([
    assertAnswers('MONGODB_URL', given.MONGODB_URL, askMongo),
    assertAnswers('REDIS_URL', given.REDIS_URL, (urls) => Promise.any(urls.split(',').map(askRedis))),
    assertAnswers('NATS_URL', given.NATS_URL, askNats),
  ])
  return given
}

async function assertAnswers(variable: string, url: string | undefined, ask: (url: string) => Promise<void>) {
  if (url === undefined) return
  await ask(url).catch((cause: unknown) => {
    throw new StartError(`What ${variable} names does not answer as it should: ${reasonIn(cause)}.`, {
      cure: `Start it, correct ${variable}, or leave it out: npm run distributed starts one of its own then.`,
      cause,
    })
  })
}

function reasonIn(thrown: unknown): string {
  const error = thrown instanceof AggregateError ? asError(thrown.errors[0]) : asError(thrown)
  return error.message.replace(/\.$/, '')
}

async function askMongo(url: string): Promise<void> {
  const client = new MongoClient(url, { serverSelectionTimeoutMS: patience })
  try {
    await client.db('admin').command({ ping: 1 })
  } finally {
    await client.close()
  }
}

async function askRedis(url: string): Promise<void> {
  const options = { connectTimeout: patience, commandTimeout: patience, maxRetriesPerRequest: 0 }
  const client = new Redis(url, { ...options, lazyConnect: true, retryStrategy: () => null })
  let reason: Error | undefined
  client.on('error', (error: Error) => (reason = error))
  try {
    await client.ping()
  } catch (thrown) {
    // That the connection is closed is all that the command knows.
    throw reason ?? thrown
  } finally {
    client.disconnect()
  }
}

async function askNats(servers: string): Promise<void> {
  const { connection } = await connectNats({ servers, name: 'souk', log: createLogger('silent'), patience: 0 })
  try {
    await connection.jetstreamManager()
  } finally {
    await connection.close()
  }
}
