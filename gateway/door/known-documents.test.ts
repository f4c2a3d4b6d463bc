import { deepStrictEqual } from 'node:assert'

import fc from 'fast-check'
import { fastify } from 'fastify'
import { beforeEach, describe, expect, it } from 'vitest'

import { knowingDocuments } from './known-documents.ts'
import { readJsonBy, type ReadJson } from './read-json.ts'

const plain = readJsonBy(fastify())

/** Bytes of what was read plainly, one after the other. */
let lengths: number[]
let knowing: ReadJson
beforeEach(() => {
  lengths = []
  knowing = knowingDocuments((body) => {
    lengths.push(body.length)
    return plain(body)
  })
})

function document(name: string, fields = 60): string {
  return `query ${name} {\n${Array.from({ length: fields }, (_, at) => `  ${name}${at}\n`).join('')}  text(of: "a \\"word\\"")\n}\n`
}
const browse = document('Browse')
const bytes = (text: string) => Buffer.from(text)

/** What comes of a body: what it says, or why it is refused. */
function outcome(read: ReadJson, body: Buffer): unknown {
  try {
    return { read: read(body) }
  } catch (thrown) {
    return { refused: String(thrown) }
  }
}

function agree(body: Buffer): void {
  expect(outcome(knowing, body)).toEqual(outcome(plain, body))
}

/** Reads it often enough that all that can be known of it is. */
function known(text: string): void {
  for (let time = 0; time < 2; time += 1) knowing(bytes(JSON.stringify({ query: text })))
  lengths = []
}

describe('a document that was read before', () => {
  it.each([
    ['first', `{"query":${JSON.stringify(browse)},"operationName":"Browse","variables":{"first":12}}`],
    ['last', `{"operationName":"Browse","variables":{"first":12},"query":${JSON.stringify(browse)}}`],
    ['between', `{"operationName":"Browse","query":${JSON.stringify(browse)},"variables":{"first":12}}`],
    ['behind a variable of that name', `{"variables":{"query":"jug"},"query":${JSON.stringify(browse)}}`],
    ['alone', `{"query":${JSON.stringify(browse)}}`],
    ['with characters of several bytes', `{"query":${JSON.stringify(browse)},"variables":{"text":"☕ \\ud83d"}}`],
  ])('is not read again where it stands %s', (_where, text) => {
    known(browse)
    expect(knowing(bytes(text))).toEqual(plain(bytes(text)))
    expect(Math.max(0, ...lengths)).toBeLessThan(100)
  })

  it('is known by who escapes its characters otherwise, once that was read', () => {
    const body = bytes(`{"query":${JSON.stringify(browse).replaceAll('\\n', '\\u000a')},"variables":null}`)
    known(browse)
    for (let time = 0; time < 2; time += 1) agree(body)
    lengths = []
    agree(body)
    expect(lengths).toEqual([bytes('{"variables":null}').length])
  })

  it('is forgotten when it was asked for longest ago, and there is no room', () => {
    known(browse)
    known(document('Other'))
    for (let at = 0; at < 60; at += 1) {
      knowing(bytes(JSON.stringify({ query: document(`Large${at}`, 6_000) })))
      knowing(bytes(JSON.stringify({ query: browse })))
    }
    lengths = []
    knowing(bytes(JSON.stringify({ query: browse })))
    expect(lengths).toEqual([])
    knowing(bytes(JSON.stringify({ query: document('Other') })))
    expect(lengths[0]).toBeGreaterThan(500)
  })

  it('is not taken for one that differs in a single byte', () => {
    const text = JSON.stringify(document('Same'))
    for (let at = 1; at < text.length - 1; at += 1) {
      if (!/\w/.test(text[at] ?? '')) continue
      for (const body of [text, `${text.slice(0, at)}_${text.slice(at + 1)}`]) agree(bytes(`{"query":${body}}`))
    }
  })
})

describe('a body with a document that is known', () => {
  const json = JSON.stringify(browse)
  it.each([
    ['a second document', `{"query":${json},"query":"{ other }"}`],
    ['a first document', `{"query":"{ other }","query":${json}}`],
    ['a first document in escapes', `{"\\u0071uery":"{ other }","query":${json}}`],
    ['a second document in escapes', `{"query":${json},"\\u0071uery":"{ other }"}`],
    ['the document as a variable', `{"query":"{ other }","variables":{"query":${json}}}`],
    ['the document as a variable that comes last', `{"query":"{ other }","variables":{"a":1,"query":${json}}}`],
    ['the document as a variable, cut off', `{"query":"{ other }","variables":{"a":1,"query":${json}}`],
    ['the document as a variable that comes first', `{"variables":{"query":${json},"a":1},"query":"{ other }"}`],
    [
      'the document in a string',
      `{"operationName":"{,\\"query\\":${JSON.stringify(json).slice(1, -1)},","query":"{ a }"}`,
    ],
    ['a name that ends in a quote', `{"a":1,"\\"query":${json}}`],
    ['the document in a list', `[{"query":${json}}]`],
    ['the document in a list of the body', `{"a":[1,"query":${json}}`],
    ['nothing behind a comma', `{"query":${json},}`],
    ['spaces behind a comma', `{"query":${json}, }`],
    ['nothing before a comma', `{,"query":${json}}`],
    ['nothing before a comma, and something behind', `{,"query":${json},"a":1}`],
    ['nothing between two commas', `{"a":1,,"query":${json}}`],
    ['no comma before', `{"a":1"query":${json}}`],
    ['no comma before, and more than a digit', `{"a":12"query":${json}}`],
    ['a space before', `{"a":1 "query":${json}}`],
    ['no comma behind', `{"query":${json}"a":1}`],
    ['a colon behind', `{"query":${json}:"a":1}`],
    ['a space behind', `{"query":${json} "a":1}`],
    ['another beginning', `["query":${json},"a":1}`],
    ['something behind it', `{"query":${json}} {}`],
    ['something behind it, with members', `{"query":${json},"a":1} {}`],
    ['two ends', `{"query":${json}}}`],
    ['a line behind it', `{"a":1,"query":${json}}\n`],
    ['no end', `{"query":${json},"a":1`],
    ['no beginning', `"query":${json},"a":1}`],
    ['a byte order mark', `\ufeff{"a":1,"query":${json}}`],
    ['two byte order marks', `\ufeff\ufeff{"a":1,"query":${json}}`],
    ['three byte order marks', `\ufeff\ufeff\ufeff{"a":1,"query":${json}}`],
    ['a byte order mark behind the document', `{"query":${json},\ufeff"a":1}`],
    ['a byte order mark before the end', `{"a":1,"query":${json}\ufeff}`],
    ['a prototype', `{"query":${json},"__proto__":{"a":1}}`],
    ['a prototype in escapes', `{"query":${json},"variables":{"\\u005f_proto__":{"a":1}}}`],
    ['a prototype before', `{"__proto__":null,"query":${json}}`],
    ['a prototype that is a document', `{"a":1,"__proto__":{"query":${json}}}`],
    ['a constructor', `{"constructor":{"prototype":{}},"query":${json},"a":1}`],
    ['a constructor that is given twice', `{"constructor":{"prototype":1},"query":${json},"constructor":1}`],
    ['spaces', `{ "query" : ${json} , "a":1 }`],
  ])('comes to the same as without: %s', (_what, text) => {
    known(browse)
    for (let time = 0; time < 3; time += 1) agree(bytes(text))
    // Nothing else was learnt by it.
    agree(bytes(`{"query":${json}}`))
  })

  it.each([
    ['before', '{"a":"\xff","query":', '}'],
    ['behind', '{"query":', ',"a":"\xe2\x98"}'],
    ['right behind', '{"query":', '\xe2\x98,"a":1}'],
    ['right before', '{"a":1,\xe2"query":', '}'],
  ])('is refused where something %s is not UTF-8', (_where, before, behind) => {
    known(browse)
    const body = Buffer.concat([Buffer.from(before, 'latin1'), bytes(json), Buffer.from(behind, 'latin1')])
    expect(outcome(knowing, body)).toEqual({ refused: expect.stringMatching(/not UTF-8/) })
  })
})

/** What may stand for the document: some that will be known, some of them in other words, some of other types. */
const documents = ['A', 'B', 'C'].map((name) => document(name))
const documentJson = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...documents).map((text) => JSON.stringify(text)) },
  fc.constantFrom(...documents).map((text) => JSON.stringify(text).replaceAll('\\n', '\\u000A')),
  fc.constantFrom(...documents).map((text) => JSON.stringify(`${text}# ☕`)),
  fc.constantFrom('null', '1', '""', '"{ short }"', '{"query":1}'),
)
const pair = (names: fc.Arbitrary<string>, values: fc.Arbitrary<string>) =>
  fc.tuple(names, values).map(([name, value]) => `${name}:${value}`)
const queryName = fc.oneof(
  { weight: 8, arbitrary: fc.constant('"query"') },
  fc.constantFrom('"\\u0071uery"', '"query" '),
)
const otherName = fc.constantFrom(
  '"operationName"',
  '"variables"',
  '"é"',
  '"__proto__"',
  '"constructor"',
  '""',
  '"\\"query"',
)
const nested = fc
  .array(pair(fc.oneof(queryName, otherName), fc.oneof(documentJson, fc.constantFrom('1', '"x"'))), { maxLength: 3 })
  .map((members) => `{${members.join(',')}}`)
const other = fc.oneof(
  nested,
  fc.json(),
  documentJson.map((json) => JSON.stringify(`,"query":${json}`)),
  fc.constantFrom('null', '"Browse"', '[]', '{"prototype":1}'),
)
const member = fc.oneof(
  { weight: 2, arbitrary: pair(queryName, documentJson) },
  { weight: 3, arbitrary: pair(otherName, other) },
)
const body = fc
  .record({
    before: fc.oneof({ weight: 12, arbitrary: fc.constant('{') }, fc.constantFrom('\ufeff{', '{ ', '[{', '{,', '')),
    members: fc.array(member, { maxLength: 4 }),
    comma: fc.oneof({ weight: 12, arbitrary: fc.constant(',') }, fc.constantFrom(' ,', ', ', ',,', ',\ufeff')),
    behind: fc.oneof({ weight: 12, arbitrary: fc.constant('}') }, fc.constantFrom('}\n', ',}', '}}', '} {}', '}]', '')),
  })
  .map(({ before, members, comma, behind }) => bytes(`${before}${members.join(comma)}${behind}`))

/** The same with a few bytes written over, left out or put in. */
const spoilt = fc
  .tuple(
    body,
    fc.array(
      fc.tuple(
        fc.nat(),
        fc.nat({ max: 1 }),
        fc.constantFrom('{', '}', '"', ',', ':', '\\', ' ', 'q', '1', '\xff', '\xe2'),
      ),
      { maxLength: 2 },
    ),
  )
  .map(([whole, changes]) =>
    changes.reduce((changed, [where, dropped, put]) => {
      const at = where % (changed.length + 1)
      return Buffer.concat([changed.subarray(0, at), Buffer.from(put, 'latin1'), changed.subarray(at + dropped)])
    }, whole),
  )

describe('whatever is sent', () => {
  it.each([
    ['as it is', body],
    ['with bytes that are wrong', spoilt],
  ])('comes to the same as without documents that are known: %s', (_how, bodies) => {
    fc.assert(
      fc.property(bodies, (sent) => {
        deepStrictEqual(outcome(knowing, sent), outcome(plain, sent))
      }),
      { numRuns: 5_000 },
    )
  })

  it('is looked through in a moment, however it is made up', () => {
    known(browse)
    const megabyte = 1_048_576
    const filled = (begin: string, fill: string) => bytes(begin + fill.repeat((megabyte - begin.length) / fill.length))
    const begun = process.cpuUsage()
    for (const sent of [
      filled('{"query":"', '\\'),
      filled('{"query":"', '\\"'),
      filled('{"query":"', `${'\\'.repeat(9_999)}"`),
      filled('{', '"query":"'),
      filled('{', '"query":'),
      filled(`{"query":${JSON.stringify(browse)}`, ','),
    ]) {
      outcome(knowing, sent)
    }
    // Microseconds. To decode them all takes about 10 ms.
    expect(process.cpuUsage(begun).user).toBeLessThan(500_000)
  })
})
