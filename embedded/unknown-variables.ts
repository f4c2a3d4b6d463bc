import { suggestionList } from 'graphql/jsutils/suggestionList.js'

import { gatewayProcessConfig, variableOf } from '../gateway/process/config.ts'
import type { Environment } from '../platform/config.ts'
import { mongodbConfig } from '../platform/mongodb/config.ts'
import { databaseOfItsOwn, processConfig, processEnvironment } from '../platform/process/config.ts'
import { redisConfig } from '../platform/redis/config.ts'
import { listedSubgraphs } from './composition/names.ts'
import { embeddedConfig } from './config.ts'

/** Whatever can be set of the one process and of processes apart, so that who changes from one to the other is not warned. */
function knownVariables(): string[] {
  const shapes = [embeddedConfig, processConfig, gatewayProcessConfig, mongodbConfig, redisConfig].map(
    ({ shape }) => shape,
  )
  const names = [...shapes, databaseOfItsOwn].flatMap((shape) => Object.keys(shape))
  return [...new Set([...names, ...listedSubgraphs().map(variableOf)])]
}

/**
 * One line about the variables that begin as ours do, and that nobody reads: probably somebody's typing mistakes.
 * @param also names that are read elsewhere
 */
export function unknownVariables(
  environment: Environment = processEnvironment(),
  also: readonly string[] = [],
): string | undefined {
  const known = [...knownVariables(), ...also]
  const unknown = Object.keys(environment).flatMap((name) => {
    const family = known.filter((other) => firstWord(other) === firstWord(name))
    if (family.length === 0 || family.includes(name.replace(/_FILE$/, '')) || family.includes(name)) return []
    const nearest = nearestIn(family, name)
    // A word that one of ours begins with is many a program's (NODE_OPTIONS); one that several do is ours.
    if (nearest === undefined && family.length === 1) return []
    return [nearest === undefined ? name : `${name} (did you mean ${nearest}?)`]
  })
  return unknown.length === 0 ? undefined : `Nothing here reads ${unknown.join(', ')}.`
}

function firstWord(name: string): string {
  return name.split('_', 1)[0] ?? name
}

/** By what comes after the word that they share. */
function nearestIn(family: readonly string[], name: string): string | undefined {
  const start = `${firstWord(name)}_`
  const rests = family.map((known) => known.slice(start.length))
  const [nearest] = suggestionList(name.slice(start.length), rests)
  return nearest === undefined ? undefined : `${start}${nearest}`
}
