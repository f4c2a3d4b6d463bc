import { watch, type FSWatcher } from 'node:fs'
import { readlink, stat } from 'node:fs/promises'
import { join, resolve, sep } from 'node:path'

import { asError } from '../../platform/errors.ts'
import type { Logger } from '../../platform/telemetry/logging.ts'

export interface WatchedPath {
  /** Watches what is on the way to the file now; to be called again after each change, since the way may be another one then. */
  follow(): Promise<void>
  close(): void
}

/** Symbolic links one after the other at most, as Linux has it. */
const mostLinks = 40

/**
 * Tells when another file may be found at a path: it was written or replaced, or a folder or a symbolic link on the way to it was,
 * as Kubernetes replaces the files of a ConfigMap by renaming a link to their folder. Folders are watched and not the file, since a
 * watch on a file stays with the one that was replaced.
 */
export function watchedPath(path: string, parts: { onChange(): void; readonly log: Logger }): WatchedPath {
  let open = new Map<string, FSWatcher>()
  let isClosed = false

  function watcherOf(folder: string, names: ReadonlySet<string>, forget: () => void): FSWatcher {
    const watcher = watch(folder, { persistent: false }, (_event, name) => {
      if (name === null || names.has(name)) parts.onChange()
    })
    // A folder that goes away is a change in the one above it.
    watcher.on('error', () => {
      forget()
      watcher.close()
    })
    return watcher
  }

  async function opened(folder: string, names: ReadonlySet<string>): Promise<[string, FSWatcher][]> {
    try {
      // The same path may lead to another folder by now, and the watch stay with the old one.
      const { ino, birthtimeMs } = await stat(folder)
      const key = `${folder} ${ino} ${birthtimeMs} ${[...names].join('/')}`
      return [[key, open.get(key) ?? watcherOf(folder, names, () => open.delete(key))]]
    } catch (thrown) {
      parts.log.debug({ folder, reason: asError(thrown).message }, 'a folder cannot be watched')
      return []
    }
  }

  return {
    async follow() {
      const places = await placesOnTheWay(resolve(path))
      const next = new Map((await Promise.all([...places].map(([folder, names]) => opened(folder, names)))).flat())
      for (const [key, watcher] of open) if (!next.has(key) || isClosed) watcher.close()
      if (isClosed) for (const watcher of next.values()) watcher.close()
      open = next
      if (next.size === 0) parts.log.warn({ path }, 'the file cannot be watched: SIGHUP makes it be read again')
    },
    close() {
      isClosed = true
      for (const watcher of open.values()) watcher.close()
    },
  }
}

type Places = Map<string, Set<string>>

/** The names by which a file is found, by the folders that they stand in: whatever is behind a symbolic link, too. */
async function placesOnTheWay(path: string, places: Places = new Map(), linksLeft = mostLinks): Promise<Places> {
  const names = path.split(sep).filter((name) => name !== '')
  let at: string = sep
  for (const [depth, name] of names.entries()) {
    places.set(at, (places.get(at) ?? new Set()).add(name))
    const target = await readlink(join(at, name)).catch(() => undefined)
    if (target !== undefined && linksLeft > 0) {
      return placesOnTheWay(resolve(at, target, ...names.slice(depth + 1)), places, linksLeft - 1)
    }
    at = join(at, name)
  }
  return places
}
