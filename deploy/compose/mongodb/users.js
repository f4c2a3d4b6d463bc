// Run by mongosh on every start. Until there is a user, mongod lets in whoever comes from its own machine.
const { readFileSync } = require('node:fs')

const secret = (name) => readFileSync(`/run/secrets/of/mongodb/${name}`, 'utf8').trim()
const admin = db.getSiblingDB('admin')
const products = db.getSiblingDB('souk_products')

function hasAdmin() {
  try {
    return admin.auth('admin', secret('admin-password')).ok === 1
  } catch {
    return false
  }
}

function makeReplicaSet() {
  try {
    rs.initiate({ _id: 'souk', members: [{ _id: 0, host: 'mongodb:27017' }] })
  } catch (error) {
    if (error.codeName !== 'AlreadyInitialized') throw error
  }
  while (!db.hello().isWritablePrimary) sleep(100)
}

if (!hasAdmin()) {
  makeReplicaSet()
  admin.createUser({ user: 'admin', pwd: secret('admin-password'), roles: ['root'] })
  admin.auth('admin', secret('admin-password'))
}
while (!db.hello().isWritablePrimary) sleep(100)
if (products.getUser('products') === null) {
  products.createUser({
    user: 'products',
    pwd: secret('products-password'),
    // Indexes and validators are the store's own business.
    roles: ['readWrite', 'dbAdmin'],
  })
}
