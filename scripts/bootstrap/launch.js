import { readFile } from 'node:fs/promises'
import { performance } from 'node:perf_hooks'

import { ensureInstalled } from './install.js'
import { endWithNpm, isStartedByNpm } from './npm-parent.js'

const log = (line) => console.log(line)

/** Brings everything there that Souk needs, and becomes Souk: in this process, so that signals have one addressee. */
export async function launch() {
  endWithNpm()
  await ensureInstalled({ log })
  log('Souk')
  for (const signal of signals) process.once(signal, endBeforeStart)
  await loadPackages()
  await import('../../platform/typescript/register.js')
  const { main } = await import(new URL('../../embedded/main.ts', import.meta.url).href)
  for (const signal of signals) process.off(signal, endBeforeStart)
  await main({ buildGraphiql, perInterrupt: isStartedByNpm() ? 2 : 1 })
}

const signals = ['SIGINT', 'SIGTERM']

function endBeforeStart() {
  log('\nStopped before anything was started.')
  process.exit(130)
}

/**
 * Packages are JavaScript, and there are hundreds of files in them. With TypeScript registered each would be asked of
 * another thread, which takes half as long again.
 */
async function loadPackages() {
  const begun = performance.now()
  process.stdout.write('  Loading packages … ')
  const { dependencies } = JSON.parse(await readFile(new URL('../../package.json', import.meta.url), 'utf8'))
  const needed = Object.keys(dependencies).filter((name) => !isOfAssistant(name))
  await Promise.all(needed.map((name) => import(name)))
  log(`${((performance.now() - begun) / 1000).toFixed(1)} s`)
}

/** It is loaded by whoever asks the assistant first: a shop where nobody does needs no memory for it. */
function isOfAssistant(name) {
  return name === 'langchain' || name.startsWith('@langchain/')
}

async function buildGraphiql(parts) {
  const { tryToBuildGraphiql } = await import('../build-graphiql.js')
  return tryToBuildGraphiql(parts)
}
