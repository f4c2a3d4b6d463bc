import { buildSchema, Kind, parse } from 'graphql'
import { describe, expect, it } from 'vitest'

import { parsedFields } from '../../../http/json-fields.ts'
import { createSink, type Sink } from './sink.ts'
import { writing, type Written } from './writing.ts'

const schema = buildSchema(`
  type Query { nodes: [Node] strict: [Node!] node: Node must: Node! thing: Thing shades: [Color] grid: [[Int!]] }
  interface Node { id: ID! }
  type Thing implements Node { id: ID! name: String! constructor: String toString: Int parts: [Part!]! part: Part }
  type Part implements Node { id: ID! shade: Color! inside: Thing }
  enum Color { RED }
`)
const sink = createSink()

interface Given {
  readonly clientNames?: ReadonlyMap<string, string>
  readonly values?: Readonly<Record<string, unknown>>
  readonly into?: Sink
}

function written(
  query: string,
  data: Record<string, unknown>,
  { clientNames = new Map(), values = {}, into = sink }: Given = {},
) {
  const document = parse(query)
  const [operation] = document.definitions
  if (operation?.kind !== Kind.OPERATION_DEFINITION) throw new Error('the operation comes first')
  const parts = { key: query, document, operation, clientNames, conditionVariables: [] }
  return writing(parts, values, { schema, sink: into, grow: () => undefined })(data)
}

/** As text, so that the order and the spelling show. */
function textOf({ data }: Written): string | null {
  return data && `{${[...data].map(([name, json]) => `${name}:${json.toString()}`).join(',')}}`
}

const thing = (id: string, more: Record<string, unknown> = {}) => ({ __typename: 'Thing', id, name: 'n', ...more })

describe('what is missing', () => {
  it('is null with all around it that may not be, wherever in a list that is, and whatever was written before', () => {
    const many = Array.from({ length: 5_000 }, (_, at) => thing(`t${at}`))
    const query = '{ nodes { id ... on Thing { name } } }'
    const { data, holes } = written(query, { nodes: [...many, { __typename: 'Thing', id: 'lost' }, ...many] })
    const one = (at: number) => ({ id: `t${at}`, name: 'n' })
    const all = many.map((_, at) => one(at))
    expect(data && parsedFields(data)).toEqual({ nodes: [...all, null, ...all] })
    expect(holes).toEqual([['nodes', 5_000, 'name']])
  })

  it('takes the list with it, or the answer', () => {
    const lost = { __typename: 'Thing' }
    const list = written('{ node { id } strict { id } }', { node: thing('a'), strict: [thing('b'), lost, lost] })
    expect([textOf(list), list.holes]).toEqual(['{node:{"id":"a"},strict:null}', [['strict', 1, 'id']]])
    const answer = written('{ node { id } must { id } }', { node: thing('a'), must: lost })
    expect([answer.data, answer.holes]).toEqual([null, [['must', 'id']]])
  })

  it('is a hole each time, by the names of the client', () => {
    const clientNames = new Map([
      ['own', 'constructor'],
      ['deep', '__proto__'],
    ])
    const query = '{ own: thing { deep: part { inside { parts { id } } } } shades grid }'
    const data = {
      own: { deep: { inside: { parts: [{ id: 'p' }, {}] } } },
      shades: ['RED', 'GREEN', null, '__proto__'],
      grid: [[1], [2, null], [3]],
    }
    const answer = written(query, data, { clientNames })
    expect(textOf(answer)).toBe(
      '{constructor:{"__proto__":{"inside":null}},shades:["RED",null,null,null],grid:[[1],null,[3]]}',
    )
    expect(answer.holes).toEqual([
      ['constructor', '__proto__', 'inside', 'parts', 1, 'id'],
      ['shades', 1],
      ['shades', 3],
      ['grid', 1, 1],
    ])
  })

  it('is no hole of the next answer', () => {
    const query = '{ thing { name } }'
    const holes = [{ thing: {} }, { thing: thing('a') }].map((data) => written(query, data).holes)
    expect(holes).toEqual([[['thing', 'name']], []])
  })
})

describe('an object', () => {
  it('is written by its own type, each in a list of several', () => {
    const query = '{ nodes { __typename ... on Part { shade } id ... on Thing { name } } }'
    const nodes = [
      thing('a'),
      { __typename: 'Part', id: 'b', shade: 'RED' },
      null,
      thing('c'),
      { __typename: 'Color' },
      5,
    ]
    const answer = written(query, { nodes })
    expect(textOf(answer)).toBe(
      '{nodes:[{"__typename":"Thing","id":"a","name":"n"},{"__typename":"Part","shade":"RED","id":"b"},null,' +
        '{"__typename":"Thing","id":"c","name":"n"},null,null]}',
    )
    expect(answer.holes).toEqual([
      ['nodes', 4],
      ['nodes', 5],
    ])
  })

  it('has what was sent of it, and nothing that every object has', () => {
    const query = '{ thing { constructor toString own: name } }'
    const clientNames = new Map([['own', '__proto__']])
    expect(textOf(written(query, { thing: { own: 'n' } }, { clientNames }))).toBe(
      '{thing:{"constructor":null,"toString":null,"__proto__":"n"}}',
    )
    const sent = { constructor: 'c', toString: 1, own: 'n' }
    expect(textOf(written(query, { thing: sent }, { clientNames }))).toBe(
      '{thing:{"constructor":"c","toString":1,"__proto__":"n"}}',
    )
    const parsed: unknown = JSON.parse('{ "__proto__": "n", "id": "i" }')
    expect(textOf(written('{ thing { id __proto__: name } }', { thing: parsed }))).toBe(
      '{thing:{"id":"i","__proto__":"n"}}',
    )
  })

  it('is empty where nothing is asked of it, and not null', () => {
    const query = '{ thing { ... @include(if: $no) { id } } }'
    expect(textOf(written(query, { thing: thing('a') }, { values: { no: false } }))).toBe('{thing:{}}')
  })

  it.each([1, 2, 3, 4, 58, 59, 60, 61, 62, 500])('has names of any length, such as %s', (length) => {
    const [one, two] = ['a'.repeat(length), 'b'.repeat(length)]
    expect(textOf(written(`{ thing { ${one}: id ${two}: id } }`, { thing: { [one]: '1', [two]: '2' } }))).toBe(
      `{thing:{"${one}":"1","${two}":"2"}}`,
    )
  })

  it('is written whole where it is larger than what there is room for, wherever the room ends', () => {
    const beginning = '{"data":{"thing":{"'
    for (let end = 65_400; end < 65_560; end += 1) {
      // Names are written with no more room than they need; a text would make room for three bytes a character.
      const name = 'x'.repeat(end - beginning.length)
      const query = `{ thing { ${name}: toString id toString part { id } } }`
      const data = { thing: { [name]: 1, id: 'i', toString: 7, part: { __typename: 'Part', id: 'p' } } }
      const answer = written(query, data, { into: createSink() })
      expect(textOf(answer)).toBe(`{thing:{"${name}":1,"id":"i","toString":7,"part":{"id":"p"}}}`)
    }
  })

  it('is the same, and its holes are, where an operation has more fields than are given code of their own', () => {
    const names = Array.from({ length: 600 }, (_, at) => `a${at}`)
    const aliases = names.map((name) => `${name}: toString`).join(' ')
    const query = `{ thing { ${aliases} part { inside { ${aliases} constructor parts { shade } } } } }`
    const numbers = Object.fromEntries(names.map((name, at) => [name, at]))
    const inside = { ...numbers, parts: [{ shade: 'RED' }, {}] }
    const whole = { ...numbers, part: { inside: { ...inside, parts: [{ shade: 'RED' }] } } }
    expect(parsedFields(written(query, { thing: whole }).data ?? new Map())).toEqual({
      thing: { ...numbers, part: { inside: { ...numbers, constructor: null, parts: [{ shade: 'RED' }] } } },
    })
    const { data, holes } = written(query, { thing: { ...numbers, part: { inside } } })
    expect(data && parsedFields(data)).toEqual({ thing: { ...numbers, part: { inside: null } } })
    expect(holes).toEqual([['thing', 'part', 'inside', 'parts', 1, 'shade']])
  })
})
