import { generateKeyPair } from 'jose'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { systemClock } from '../../platform/clock.ts'
import { passportOffice } from '../../platform/identity/passport.ts'
import { attacks, mutations, operationOf } from './access/attacks.ts'
import { askForEntities, entityPaths, privateEntities, type EntityPath } from './access/entities.ts'
import { subgraphSchemas, supergraph } from '../support/schemas.ts'
import { nameOf, objectTypes, selectionOf, valuesAt, type Path } from './access/paths.ts'
import { gatherPeople, type People } from './access/people.ts'
import { madeForWhoAsks, maySee, privateTypes, publicTypes, roles, type Role } from './access/privacy.ts'
import {
  argumentsFor,
  collectSecrets,
  hiddenFrom,
  ownView,
  queryPaths,
  secretsIn,
  secretsOf,
  type Secrets,
} from './access/secrets.ts'
import { startTestSouk, type TestSouk } from '../support/souk.ts'

let souk: TestSouk
let people: People
let secrets: Secrets

beforeAll(async () => {
  // Silent, since a dead letter, which is an error to the log, is wanted here.
  souk = await startTestSouk({ LOG_LEVEL: 'silent' })
  people = await gatherPeople(souk)
  secrets = await collectSecrets(people)
})

afterAll(() => souk.stop())

/** Paths that do not lead even those who may see it to the owner's. */
const leadElsewhere: ReadonlySet<string> = new Set([
  // The page ends with somebody else's order.
  'orders.pageInfo.endCursor',
  // Only staff see sagas, and `me` is not the owner to them.
  'me.orders.edges.node.saga.steps.at',
  'me.orders.edges.node.saga.steps.traceId',
])

/** Suggestions for a cart are made from the lines that the gateway brings, which only their owner can make it bring. */
const drawnFromTheQuestion = 'recommendations, Cart by id: suggestions.'

/** Who may see what a path leads to, and so proves that there is something to see. */
function seersOf({ holder }: Path): Role[] {
  return (['the owner', 'staff'] as const).filter((role) => maySee(role, holder))
}

/** That a path shows what it leads to, to one of those who may see it at least. */
function expectShown(texts: readonly string[], { name, path }: { name: string; path: Path }): void {
  const wanted = secretsOf(path, secrets)
  const found = texts.flatMap((text) => secretsIn(text, wanted))
  expect(found.length > 0).toBe(wanted.size > 0 && !leadElsewhere.has(name))
}

async function ask(role: Role, path: Path): Promise<{ text: string; data: unknown }> {
  const answer = await people.by[role].client.send(`{ ${selectionOf([path], argumentsFor(people))} }`)
  return { text: JSON.stringify(answer), data: answer.data }
}

describe('every type of the graph', () => {
  const types = new Set([supergraph, ...subgraphSchemas.values()].flatMap(objectTypes).map(({ name }) => name))

  it('is either private or public, and known', () => {
    expect([...types].filter((type) => privateTypes.has(type) === publicTypes.has(type))).toEqual([])
    expect([...privateTypes, ...publicTypes].filter((type) => !types.has(type))).toEqual([])
  })

  it('that is private is reached, or made for whoever asks', () => {
    const reached = new Set(queryPaths.map(({ holder }) => holder))
    expect([...privateTypes].filter((type) => !reached.has(type))).toEqual([...madeForWhoAsks])
    const byEntity = new Set(entityPaths.map(({ subgraph, type }) => `${subgraph} ${type.name}`))
    expect(privateEntities.filter((entity) => !byEntity.has(entity))).toEqual([])
  })

  it('that is private has something that would give its owner away', () => {
    const revealing = new Set(
      [...secrets].filter(([, values]) => values.size > 0).map(([field]) => field.split('.')[0]),
    )
    // The state of a saga is one word out of few; its steps reveal more.
    const silent = [...privateTypes].filter((type) => !revealing.has(type) && !madeForWhoAsks.has(type))
    expect(silent).toEqual(['Saga'])
  })
})

describe.each(queryPaths.map((path) => ({ name: nameOf(path), path })))('$name', ({ name, path }) => {
  it.each(roles.filter((role) => !maySee(role, path.holder)))('shows %s nothing that is hidden', async (role) => {
    const { text, data } = await ask(role, path)
    expect(secretsIn(text, hiddenFrom(role, secrets))).toEqual([])
    if (path.steps[0]?.field === 'order') expect(valuesAt(data, path)).toEqual([])
  })

  it('shows it to who may see it', async () => {
    const texts = await Promise.all(seersOf(path).map(async (role) => (await ask(role, path)).text))
    expectShown(texts, { name, path })
  })
})

function nameOfEntity({ subgraph, type, key, path }: EntityPath): string {
  return `${subgraph}, ${type.name} by ${key}: ${nameOf(path)}`
}

describe.each(entityPaths.map((entity) => ({ name: nameOfEntity(entity), entity })))('$name', ({ name, entity }) => {
  const { path } = entity

  it.each(roles.filter((role) => !maySee(role, path.holder)))('shows %s nothing that is hidden', async (role) => {
    const { text, entities, given } = await askForEntities(souk, people, { entity, role })
    expect(secretsIn(text, hiddenFrom(role, secrets), given)).toEqual([])
    if (name.startsWith(drawnFromTheQuestion)) return
    const shown = entities.flatMap((found) => valuesAt(found, path))
    expect(shown.filter((value) => !given.includes(value))).toEqual([])
  })

  it('shows it to who may see it', async () => {
    const answers = await Promise.all(seersOf(path).map((role) => askForEntities(souk, people, { entity, role })))
    expectShown(
      answers.map(({ text }) => text),
      { name, path },
    )
  })
})

describe('a change', () => {
  const attackers = roles.filter((role) => role !== 'the owner')

  it('is tried for every mutation', () => {
    const tried = new Set(attacks.map(({ mutation }) => mutation))
    expect(Object.keys(mutations).filter((mutation) => !tried.has(mutation))).toEqual([])
  })

  describe.each(attacks)("by $mutation of what is another's", (attack) => {
    it.each(attackers.filter((role) => role !== 'staff' || attack.forStaff !== true))(
      'is not made for %s, nor does the answer give anything away',
      async (role) => {
        const before = await ownView(people)
        const answer = await people.by[role].client.send(operationOf(attack), attack.variables(people.known))
        expect(secretsIn(JSON.stringify(answer), hiddenFrom(role, secrets))).toEqual([])
        const codes = answer.errors.map(({ extensions }) => extensions.code)
        expect(codes.filter((code) => code !== 'UNAUTHENTICATED' && code !== 'FORBIDDEN')).toEqual([])
        const refused = codes.length > 0 || answer.data[attack.mutation].__typename === 'Refused'
        if (attack.forStaff === true) expect(refused).toBe(true)
        expect(await ownView(people)).toEqual(before)
      },
    )
  })
})

describe('the report of recommendations', () => {
  const query = `{ recommendationReport(days: 90) {
    model { version trainedAt seconds baskets products bytes }
    algorithms { reason algorithm shown clicked added clickThroughRate } } }`

  it.each(roles.filter((role) => role !== 'staff'))('is not for %s, no part of it', async (role) => {
    const { data, errors } = await people.by[role].client.send(query)
    expect(data ?? null).toBeNull()
    const signedIn = role !== 'a visitor' && role !== 'a guest'
    expect(errors).toMatchObject([{ extensions: { code: signedIn ? 'FORBIDDEN' : 'UNAUTHENTICATED' } }])
  })

  it('is for staff', async () => {
    const { data, errors } = await people.by.staff.client.send(query)
    expect(errors).toEqual([])
    expect(data.recommendationReport.algorithms).toEqual(expect.any(Array))
  })
})

describe('a subgraph', () => {
  const owner = { kind: 'user', id: '01890a5d-ac96-774b-bcce-b302099a8057', roles: ['ADMIN'] } as const

  it.each([...subgraphSchemas.keys()])('answers nobody without a passport of its own: %s', async (name) => {
    const subgraph = Object.values(souk.souk.subgraphs).find((each) => each.name === name)
    const { privateKey } = await generateKeyPair('EdDSA')
    const forged = await passportOffice({ privateKey, clock: systemClock })(owner, name)
    const foreign = await souk.souk.passports(owner, name === 'orders' ? 'users' : 'orders')
    for (const passport of [undefined, '', 'nonsense', forged, foreign]) {
      const answer = await subgraph?.execute({ query: '{ _service { sdl } }', passport })
      expect(answer).toMatchObject({ errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] })
      expect(answer?.data ?? null).toBeNull()
    }
    const real = await souk.souk.passports(owner, name)
    const answer = await subgraph?.execute({ query: '{ _service { sdl } }', passport: real })
    expect(JSON.stringify(answer)).toContain('type ')
  })
})
