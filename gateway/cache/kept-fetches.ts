import { GraphQLError, type ExecutionResult, type GraphQLSchema } from 'graphql'

import type { Fetch, Link, Step } from '../fetch/link.ts'
import { isQuery } from '../fetch/operation-type.ts'
import { lostAnswer } from '../fetch/answers/lost-answer.ts'
import { isJsonObject } from '../http/json-object.ts'
import { fetchUnits, type Unit } from './fetch-units.ts'
import { followedAnswers } from './followed-answers.ts'
import type { Following } from './following.ts'
import type { CacheRules } from './rules.ts'

interface KeptFetch {
  readonly json: string
  /** By `performance.now()`. */
  readonly expiry: number
}

interface KeptFetchesParts {
  /** What is kept at the most. */
  readonly bytes: number
  readonly following: Following
  readonly schema: GraphQLSchema
  readonly rules: CacheRules
}

/** A fetch, and what carries it out. */
interface Asked {
  readonly fetch: Fetch
  readonly carryOut: (fetch: Fetch) => ReturnType<Link>
  /** Where it fails, what was asked for is lost, with an error for each field. */
  readonly carryOutInPart: (fetch: Fetch) => ReturnType<Link>
}

/**
 * Keeps what subgraphs answer that is the same for everybody, entity by entity: whoever asks for it, and with whatever else. A
 * fetch of which everything is known is not sent; of one of which some is, the rest is asked for.
 */
export function keptFetches({ bytes, following, schema, rules }: KeptFetchesParts): Step {
  const kept = followedAnswers<KeptFetch>({ bytes, following })
  const unitsIn = fetchUnits({ schema, rules })

  function read({ key }: Unit, { asker: { expiry } }: Fetch): unknown {
    const known = kept.get(key)
    if (known === undefined) return undefined
    if (expiry !== undefined) expiry.at = Math.min(expiry.at, known.expiry)
    return JSON.parse(known.json)
  }

  /** Begins to read; what it returns keeps what was read. */
  function begin(): (unit: Unit, value: unknown) => void {
    const [begun, startedAt] = [following.begin(), performance.now()]
    return ({ key, maxAge, partsOf }, value) => {
      if (!following.isFollowing || value === null || value === undefined) return
      const json = JSON.stringify(value)
      const expiry = startedAt + maxAge * 1_000
      const made = { value: { json, expiry }, parts: partsOf(value), size: 2 * json.length }
      kept.keep(key, begun, { ...made, age: expiry - performance.now() })
    }
  }

  async function whole(unit: Unit, { fetch, carryOut }: Asked): Promise<ExecutionResult> {
    const known = read(unit, fetch)
    if (isJsonObject(known)) return { data: known }
    const keep = begin()
    const answer = await carryOut(fetch)
    if (hasNoErrors(answer)) keep(unit, answer.data)
    return answer
  }

  async function byEntity(units: readonly (Unit | undefined)[], asked: Asked): Promise<ExecutionResult> {
    const { fetch, carryOut, carryOutInPart } = asked
    const entities = units.map((unit) => unit && read(unit, fetch))
    const missing = [...entities.keys()].filter((at) => entities[at] === undefined)
    if (missing.length === 0) return { data: { _entities: entities } }
    const keep = begin()
    const isAll = missing.length === units.length
    // Where it fails, what is known is given all the same.
    const answer = await (isAll ? carryOut(fetch) : carryOutInPart(only(missing, fetch)))
    const fetched: unknown = answer.data?._entities
    for (const [at, place] of missing.entries()) {
      const [unit, entity] = [units[place], Array.isArray(fetched) ? (fetched[at] as unknown) : null]
      if (unit !== undefined && hasNoErrors(answer)) keep(unit, entity)
      entities[place] = entity
    }
    const errors = answer.errors?.map((error) => inPlace(error, missing))
    return { ...answer, data: { _entities: entities }, ...(errors && { errors }) }
  }

  return (next) => (fetch, cancellation) => {
    const units = mayBeShared(fetch) && isQuery(fetch.query) ? unitsIn(fetch) : undefined
    if (units === undefined) return next(fetch, cancellation)
    const asked: Asked = {
      fetch,
      carryOut: (sent) => next(sent, cancellation),
      carryOutInPart: (sent) => next(sent, cancellation).catch(() => lostAnswer(sent)),
    }
    return units.kind === 'root' ? whole(units.unit, asked) : byEntity(units.units, asked)
  }

  /** Who has changed something reads it from its owner. */
  function mayBeShared({ asker }: Fetch): boolean {
    return following.isFollowing && asker.changed.size === 0 && asker.forwarded === undefined
  }
}

function only(places: readonly number[], fetch: Fetch): Fetch {
  const { representations } = fetch.variables
  const all: readonly unknown[] = Array.isArray(representations) ? representations : []
  return { ...fetch, variables: { ...fetch.variables, representations: places.map((place) => all[place]) } }
}

/** An error of what was asked for, where that stands among all. */
function inPlace(error: GraphQLError, places: readonly number[]): GraphQLError {
  const [field, at, ...inside] = error.path ?? []
  const place = typeof at === 'number' ? places[at] : undefined
  if (field === undefined || place === undefined || place === at) return error
  const { message, extensions, originalError } = error
  return new GraphQLError(message, {
    path: [field, place, ...inside],
    extensions,
    originalError: originalError ?? error,
  })
}

function hasNoErrors({ errors }: ExecutionResult): boolean {
  return errors === undefined || errors.length === 0
}
