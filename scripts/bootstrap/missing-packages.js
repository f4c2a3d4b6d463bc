/**
 * The packages of package-lock.json that npm's own record of node_modules lacks or has in another version, or that somebody removed. Optional ones count
 * when they are the binaries for this machine: npm goes on without them, Souk cannot.
 *
 * @typedef {{ version?: string, integrity?: string, optional?: boolean, os?: string[], cpu?: string[], libc?: string[] }} LockedPackage
 * @param {{
 *   wanted: Record<string, LockedPackage>,
 *   installed: Record<string, LockedPackage>,
 *   isThere: (place: string) => boolean,
 *   platform: string,
 *   arch: string,
 * }} state
 * @returns {string[]} their places in node_modules
 */
export function missingPackages({ wanted, installed, isThere, platform, arch }) {
  const isForThisMachine = ({ os, cpu, libc }) =>
    os?.includes(platform) === true && cpu?.includes(arch) === true && libc === undefined
  const isSame = (one, other) => one.version === other?.version && one.integrity === other?.integrity
  return Object.entries(wanted)
    .filter(([place, locked]) => place.startsWith('node_modules/') && (!locked.optional || isForThisMachine(locked)))
    .filter(([place, locked]) => !(place in installed) || !isSame(locked, installed[place]) || !isThere(place))
    .map(([place]) => place)
}
