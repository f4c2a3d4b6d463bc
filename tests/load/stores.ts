/** Compares each distributed store, and the bus, with its twin on PostgreSQL, one after the other: `npm run bench:stores`. */
for (const name of ['cart-stores', 'products-stores', 'bus']) {
  process.stdout.write(`${name}\n`)
  await import(`./${name}.ts`)
}
