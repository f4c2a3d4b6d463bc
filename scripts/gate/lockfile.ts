import { satisfies, validRange } from 'semver'
import { z } from 'zod'

/** What of a lockfile is checked. Keys are paths such as `node_modules/graphql`; that of the root is empty. */
export const lockfile = z.object({
  packages: z.record(
    z.string(),
    z.object({
      version: z.string().optional(),
      resolved: z.string().optional(),
      engines: z.union([z.record(z.string(), z.string()), z.array(z.string())]).optional(),
    }),
  ),
})

export type Lockfile = z.infer<typeof lockfile>

/** The oldest Node that Souk runs on. */
const oldestNode = '20.19.0'

/** Versions below these have known holes; the advisories are not asked online, so that the gate works without a net. */
const safeVersions: Readonly<Record<string, string>> = {
  '@apollo/gateway': '>=2.13.2',
  '@apollo/query-planner': '>=2.13.2',
  '@apollo/composition': '>=2.12.1',
}

/** What is wrong with the locked packages, each in one line with its cure. */
export function lockfileProblems({ packages }: Lockfile): string[] {
  return Object.entries(packages)
    .filter(([path]) => path.startsWith('node_modules/'))
    .flatMap(([path, { version = '', resolved, engines }]) => {
      const name = path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length)
      return [
        ...hole(name, version),
        ...tooNew(`${name} ${version}`, engines),
        ...(resolved === undefined ? [] : [`${path} is bound to one registry: install with the repository's .npmrc.`]),
      ]
    })
}

function hole(name: string, version: string): string[] {
  const safe = safeVersions[name]
  if (safe === undefined || satisfies(version, safe)) return []
  return [`${name} ${version} has a known hole: take ${safe}.`]
}

function tooNew(described: string, engines: Lockfile['packages'][string]['engines']): string[] {
  const wanted = engines === undefined || Array.isArray(engines) ? undefined : engines.node
  if (wanted === undefined || validRange(wanted) === null || satisfies(oldestNode, wanted)) return []
  return [`${described} does not run on Node ${oldestNode} (it wants ${wanted}): pin an older one, or override it.`]
}
