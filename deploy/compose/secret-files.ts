import { createHash, generateKeyPairSync } from 'node:crypto'

import { services } from '../nats/services.ts'
import { natsUsers } from '../nats/users.ts'

/** A container that reads secrets: the user it runs as, and its files by name. */
export interface Reader {
  readonly user: number
  readonly files: Readonly<Record<string, string>>
}

interface Part {
  readonly name: string
  /** Its port of supergraph.yaml; the user of its container follows from it. */
  readonly port: number
}

/** The users that the images of the stores run as. */
const storeUsers = { mongodb: 999, redis: 999, postgres: 999, nats: 1000 }

/** Of the one that fills the shop, and of the gateway; a subgraph has 10000 and its port. */
const otherUsers = { gateway: 14_000, seed: 14_010 }

/**
 * Who keeps something in Redis, and which keys are theirs: carts; tries to sign in; rates; and the sessions that ended, which
 * users announces to the gateways. (A pattern has no spaces: `?` is any letter.)
 */
const redisKeys: Readonly<Record<string, string>> = {
  cart: '~cart:*',
  users: '~*?counted:* ~*?pause:* ~ended?sessions',
  gateway: '~rate?* ~ended?sessions',
  seed: '~*',
}

/** Who writes to a volume that no image makes a folder for. */
export function volumeUsers(readers: Readonly<Record<string, Reader>>): Record<string, number> {
  const { notifications } = readers
  return {
    nats: storeUsers.nats,
    seeded: otherUsers.seed,
    ...(notifications !== undefined && { mail: notifications.user }),
  }
}

const sharesProposals = ['cart', 'recommendations']

type Password = (of: string) => string

/**
 * What each container can read and no other: passwords, addresses with them, and one half of the passports' keys.
 * @param password the same one for the same name
 */
export function secretFiles(subgraphs: readonly Part[], password: Password): Record<string, Reader> {
  const keys = generateKeyPairSync('ed25519', {
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  })
  const parts = subgraphs.map(({ name, port }) => {
    const files = { ...addressesOf(name, password), 'passport-public-key': keys.publicKey }
    return [name, { user: 10_000 + port, files }] as const
  })
  const names = subgraphs.map(({ name }) => name)
  return {
    ...Object.fromEntries(parts),
    gateway: {
      user: otherUsers.gateway,
      files: {
        'redis-url': redisUrl('gateway', password),
        'nats-url': natsUrl('gateway', password),
        'passport-private-key': keys.privateKey,
      },
    },
    seed: { user: otherUsers.seed, files: seedFiles(names, password) },
    ...storeReaders(names, password),
  }
}

function addressesOf(name: string, password: Password): Record<string, string> {
  return {
    'database-url': databaseUrl(name, password),
    'nats-url': natsUrl(name, password),
    ...(name === 'products' && { 'mongodb-url': mongodbUrl(password) }),
    ...(name in redisKeys && { 'redis-url': redisUrl(name, password) }),
    // The assistant signs by it, and cart verifies.
    ...(sharesProposals.includes(name) && { 'proposal-secret': password('proposals') }),
  }
}

/** It stands in for every subgraph. */
function seedFiles(names: readonly string[], password: Password): Record<string, string> {
  const databases = names.map((name) => [`${name}-database-url`, databaseUrl(name, password)] as const)
  return {
    ...Object.fromEntries(databases),
    'nats-url': natsUrl('seed', password),
    'mongodb-url': mongodbUrl(password),
    'redis-url': redisUrl('seed', password),
  }
}

function storeReaders(names: readonly string[], password: Password): Record<string, Reader> {
  return {
    postgres: { user: storeUsers.postgres, files: { password: password('postgres') } },
    databases: {
      user: storeUsers.postgres,
      files: {
        'admin-url': `postgres://postgres:${password('postgres')}@postgres:5432/postgres`,
        'owners.json': JSON.stringify(Object.fromEntries(names.map((name) => [name, password(`postgres ${name}`)]))),
      },
    },
    mongodb: {
      user: storeUsers.mongodb,
      files: {
        // The members of a replica set know each other by it: base64, of 6 to 1,024 letters.
        'key-file': password('mongodb members'),
        'admin-password': password('mongodb admin'),
        'products-password': password('mongodb products'),
      },
    },
    redis: {
      user: storeUsers.redis,
      files: { 'users.acl': redisUsers(password), 'probe-password': password('redis probe') },
    },
    nats: { user: storeUsers.nats, files: { 'users.conf': natsUsersWith(password) } },
  }
}

function databaseUrl(name: string, password: Password): string {
  return `postgres://${name}:${password(`postgres ${name}`)}@postgres:5432/souk_${name}`
}

function natsUrl(name: string, password: Password): string {
  return `nats://${name}:${password(`nats ${name}`)}@nats:4222`
}

function natsUsersWith(password: Password): string {
  return natsUsers(services, (name) => JSON.stringify(password(`nats ${name}`)))
}

function mongodbUrl(password: Password): string {
  const user = `products:${password('mongodb products')}`
  return `mongodb://${user}@mongodb:27017/souk_products?replicaSet=souk&authSource=souk_products`
}

function redisUrl(name: string, password: Password): string {
  return `redis://${name}:${password(`redis ${name}`)}@redis:6379`
}

/** Nobody may do anything but who is named, and they only with keys of their own. The probe may ask whether it is there. */
function redisUsers(password: Password): string {
  const user = (name: string, rights: string) => `user ${name} on #${sha256(password(`redis ${name}`))} ${rights}`
  const owners = Object.entries(redisKeys).map(([name, keys]) =>
    user(name, `${keys} &* +@all -@admin -@dangerous +info`),
  )
  return ['user default off', ...owners, user('probe', '+ping'), ''].join('\n')
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
