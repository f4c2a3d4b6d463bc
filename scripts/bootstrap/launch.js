import { readFile } from 'node:fs/promises'
import { performance } from 'node:perf_hooks'

import { ensureInstalled } from './install.js'

const log = (line) => console.log(line)

/** Brings everything there that Souk needs, and becomes Souk: in this process, so that signals have one addressee. */
export async function launch() {
  await ensureInstalled({ log })
  await buildGraphiql()
  log('Souk')
  await loadPackages()
  // By names that are found only now: before, there may have been no packages.
  const typescript = await import('tsx/esm/api')
  typescript.register()
  await import(new URL('../../embedded/main.ts', import.meta.url).href)
}

/**
 * Packages are JavaScript, and there are hundreds of files in them. With TypeScript registered each would be asked of
 * another thread, which takes half as long again.
 */
async function loadPackages() {
  const begun = performance.now()
  process.stdout.write('  Loading packages … ')
  const { dependencies } = JSON.parse(await readFile(new URL('../../package.json', import.meta.url), 'utf8'))
  // tsx is left for later, since it registers itself where it is loaded.
  const packages = Object.keys(dependencies).filter((name) => name !== 'tsx')
  await Promise.all(packages.map((name) => import(name)))
  log(`${((performance.now() - begun) / 1000).toFixed(1)} s`)
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
