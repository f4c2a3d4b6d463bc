// Run by mongosh as the container's health check: the store can write, and its user is there.
const { readFileSync } = require('node:fs')

const password = readFileSync('/run/secrets/of/mongodb/products-password', 'utf8').trim()
db.getSiblingDB('souk_products').auth('products', password)
if (!db.hello().isWritablePrimary) quit(1)
