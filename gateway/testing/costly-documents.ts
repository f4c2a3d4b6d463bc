/** The part again and again, for each index. */
export const times = (count: number, part: (index: number) => string) =>
  Array.from({ length: count }, (_, at) => part(at)).join(' ')
export const product = (selection: string) => `{ product(slug: "a") { ${selection} } }`
/** Each fragment spreads the next one twice. */
const doubling = (levels: number) =>
  `${product('...F0')} ${times(levels, (at) => `fragment F${at} on Product { ...F${at + 1} ...F${at + 1} }`)} fragment F${levels} on Product { id }`
const nested = (levels: number) =>
  `{ product(slug: "a") ${'{ category { slug } similar { product '.repeat(levels)} { id } ${'} }'.repeat(levels)} }`

export interface Costly {
  readonly what: string
  readonly query: string
  readonly variables?: Record<string, unknown>
  readonly message: RegExp
}

/** What is refused for what it costs. */
export const costly: readonly Costly[] = [
  {
    what: '300 times a field within a field',
    query: product(times(300, () => 'variants { product { name slug } }')),
    message: /at most 2000 tokens/,
  },
  {
    what: '600 of them',
    query: product(times(600, () => 'variants { product { name } }')),
    message: /at most 2000 tokens/,
  },
  {
    what: '100 of them',
    query: product(times(100, () => 'variants { product { name } }')),
    message: /at most 30 times `variants` at one place/,
  },
  {
    what: 'a field of which each repetition repeats another',
    query: product(times(20, () => `variants { ${times(5, () => 'product { id }')} }`)),
    message: /at most 30 times `product` at one place/,
  },
  {
    what: 'repetitions in fragments',
    query: `${product(times(31, (at) => `...F${at}`))} ${times(31, (at) => `fragment F${at} on Product { f${at}: variants { id } }`)}`,
    message: /at most 30 times `variants`/,
  },
  {
    what: 'a tree with too many branches',
    query: `{ ${times(20, (at) => `r${at}: product(slug: "a") { ...G }`)} }
      fragment G on Product { ${times(10, (at) => `s${at}: similar(first: 1) { product { ...F } }`)} }
      fragment F on Product { name variants { availability { quantity } product { name } } }`,
    message: /at most 200 fields with a selection/,
  },
  {
    what: 'lists within lists',
    query:
      '{ products(first: 100) { edges { node { boughtTogether(first: 100) { product { similar(first: 100) { score } } } } } } }',
    message: /at most 20000 objects in its answer; this one has 10\d{5}\./,
  },
  {
    what: 'lists within lists, by variables and defaults',
    query:
      'query ($some: Int = 100, $many: Int) { products(first: $some) { edges { node { boughtTogether(first: $many) { product { similar { product { similar { score } } } } } } } } }',
    variables: { many: 100 },
    message: /at most 20000 objects/,
  },
  {
    what: 'lists within lists, by the defaults of the schema',
    query:
      '{ products { edges { node { similar { product { similar { product { similar { product { similar { score } } } } } } } } } } }',
    message: /at most 20000 objects/,
  },
  {
    what: '1,000 searches',
    query: `{ ${times(1_000, (at) => `a${at}: products { totalCount }`)} }`,
    message: /at most 2000 tokens/,
  },
  {
    what: '5,000 searches',
    query: `{ ${times(5_000, (at) => `a${at}: products { totalCount }`)} }`,
    message: /at most 64000 characters/,
  },
  {
    what: '21 searches',
    query: `{ ${times(21, (at) => `a${at}: products { totalCount }`)} }`,
    message: /at most 20 fields of the root; this one has 21\./,
  },
  {
    what: '21 mutations',
    query: `mutation { ${times(21, (at) => `a${at}: clearCart { __typename }`)} }`,
    message: /at most 20 fields of the root/,
  },
  {
    what: '21 fields of the root in a fragment',
    query: `{ ...F ...F } fragment F on Query { ${times(11, (at) => `a${at}: me { id }`)} }`,
    message: /at most 20 fields of the root; this one has 22\./,
  },
  { what: '5,000 levels', query: nested(2_500), message: /at most 64000 characters/ },
  { what: '500 levels', query: nested(120), message: /at most 15 levels of fields/ },
  {
    what: '16 levels',
    query: product(`${'similar { product { '.repeat(7)} id ${'} }'.repeat(7)}`),
    message: /at most 15 levels of fields; this one has 16\./,
  },
  {
    what: '16 levels by fragments',
    query: `${product('...F0')} ${times(7, (at) => `fragment F${at} on Product { similar { product { ...F${at + 1} } } }`)} fragment F7 on Product { id }`,
    message: /at most 15 levels of fields; this one has 16\./,
  },
  {
    what: '900 lists within each other',
    query: `{ boughtWith(productIds: ${'['.repeat(900)}${']'.repeat(900)}) { score } }`,
    message: /levels of fields/,
  },
  {
    what: '900 fragments within each other',
    query: product(`${'... { '.repeat(600)} id ${'}'.repeat(600)}`),
    message: /levels of fields/,
  },
  { what: 'fragments that double', query: doubling(40), message: /at most 5000 selections; this one has/ },
  { what: 'fragments that double often', query: doubling(150), message: /at most 5000 selections/ },
  {
    what: 'a large literal',
    query: `{ boughtWith(productIds: [${times(3_000, () => '"a"')}]) { score } }`,
    message: /at most 2000 tokens/,
  },
  {
    what: 'a large variable',
    query: 'query ($ids: [ID!]!) { boughtWith(productIds: $ids) { score } }',
    variables: { ids: Array.from({ length: 50_000 }, String) },
    message: /at most 2000 values in its variables/,
  },
  {
    what: '11 directives at one field',
    query: `{ me { id ${'@include(if: true) '.repeat(11)} } }`,
    message: /at most 10 directives at one place; this one has 11\./,
  },
  {
    what: '101 directives',
    query: `{ me { ${times(101, (at) => `a${at}: id @include(if: true)`)} } }`,
    message: /at most 100 directives; this one has 101\./,
  },
  { what: 'a long comment', query: `#${' '.repeat(100_000)}\n{ me { id } }`, message: /at most 64000 characters/ },
  {
    what: 'a document of comments',
    query: `${'#\n'.repeat(31_000)} ${times(1_000, () => '{')}`,
    message: /levels of fields/,
  },
]
