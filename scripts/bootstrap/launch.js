import { ensureInstalled } from './install.js'

const log = (line) => console.log(line)

/** Brings everything there that Souk needs, and becomes Souk: in this process, so that signals have one addressee. */
export async function launch() {
  await ensureInstalled({ log })
  await buildGraphiql()
  log('Souk')
  // By names that are found only now: before, there may have been no packages.
  const typescript = await import('tsx/esm/api')
  typescript.register()
  await import(new URL('../../embedded/main.ts', import.meta.url).href)
}

/** GraphiQL is for people who develop; the shop opens without it. */
async function buildGraphiql() {
  const { ensureGraphiqlBuilt } = await import('../build-graphiql.js')
  try {
    await ensureGraphiqlBuilt({ log })
  } catch (error) {
    log(`GraphiQL could not be built, Souk starts without it: ${error.message}`)
  }
}
