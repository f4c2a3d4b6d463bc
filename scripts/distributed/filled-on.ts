import { readFile } from 'node:fs/promises'
import { join } from 'node:path'

import { z } from 'zod'

import { unlessFailedWith } from '../../embedded/postgres/system-error.ts'
import { StartError } from '../../embedded/start-error.ts'
import { writeWhole } from '../../embedded/write-whole.ts'
import type { Environment } from '../../platform/config.ts'
import { isSameStore, storeAddress } from '../../platform/store-address.ts'
import { otherStores, type StoresOptions } from './stores.ts'

/** The stores beside PostgreSQL, by name: where each is, or that it is one of the folder's own. */
type StoresUsed = Readonly<Record<string, string>>

const own = 'its own'
const noteSchema = z.record(z.string(), z.string())

/** Which stores a start takes. @param given the servers that are there already, which have answered */
export function storesUsed({ kind, given }: { kind: StoresOptions['kind']; given: Environment }): StoresUsed {
  if (kind === 'postgres') return {}
  return Object.fromEntries(otherStores.map(({ name, variable }) => [name, placeOf(given[variable])]))
}

function placeOf(url: string | undefined): string {
  return url === undefined ? own : storeAddress(url)
}

/** Written before the shop is filled, since half of it may be there afterwards, and once. */
export async function noteFilledOn(folder: string, used: StoresUsed): Promise<void> {
  if ((await filledOn(folder)) !== undefined) return
  await writeWhole(noteIn(folder), `${JSON.stringify(used)}\n`)
}

/** A shop of which a part lies on other stores would be taken for one that is filled, and show nothing. @throws StartError */
export async function assertFilledOn(folder: string, used: StoresUsed): Promise<void> {
  const filled = await filledOn(folder)
  if (filled === undefined) return
  if (Object.keys({ ...filled, ...used }).every((name) => isSame(filled[name], used[name]))) return
  throw new StartError(
    `The shop in ${folder} is filled on ${described(filled)}, and would start on ${described(used)}.`,
    {
      cure: `Start it as it was, or name another SOUK_DISTRIBUTED_DIR, or remove ${folder} and the shop in it.`,
    },
  )
}

async function filledOn(folder: string): Promise<StoresUsed | undefined> {
  const text = await unlessFailedWith(['ENOENT'], readFile(noteIn(folder), 'utf8'))
  if (text === undefined) return undefined
  try {
    return noteSchema.parse(JSON.parse(text))
  } catch (cause) {
    const cure = 'Remove it, and start on the stores that the shop was filled on.'
    throw new StartError(`The file ${noteIn(folder)} is not one that Souk wrote.`, { cure, cause })
  }
}

function noteIn(folder: string): string {
  return join(folder, 'filled-on.json')
}

function isSame(left: string | undefined, right: string | undefined): boolean {
  if (left === undefined || right === undefined || left === own || right === own) return left === right
  return isSameStore(left, right)
}

/** Such as `PostgreSQL, its own NATS, its own Redis, MongoDB at m1:27017 (MONGODB_URL)`. */
function described(stores: StoresUsed): string {
  const others = otherStores.flatMap(({ name, variable }) => {
    const place = stores[name]
    if (place === undefined) return []
    return place === own ? [`${own} ${name}`] : [`${name} at ${place} (${variable})`]
  })
  return others.length === 0 ? 'PostgreSQL alone (`-- --postgres`)' : ['PostgreSQL', ...others].join(', ')
}
