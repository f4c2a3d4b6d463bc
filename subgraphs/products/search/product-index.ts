import MiniSearch, { type Query } from 'minisearch'

import { indexedWordsOf, searchedWordsOf } from './words.ts'

/** What the index knows of a product on sale. */
export interface IndexedProduct {
  readonly id: string
  readonly name: string
  readonly description: string
  readonly category: string
  readonly skus: readonly string[]
  /** What its variants are told apart by, such as colours. */
  readonly options: readonly string[]
}

/** How much is forgiven, from the least to the most. */
export const searchModes = [
  /** Every word as typed, or as the beginning of a longer one. */
  'AS_TYPED',
  /** Every word, give or take a typing mistake. */
  'FORGIVING',
  /** At least one of the words, give or take a typing mistake. */
  'ANY_WORD',
] as const
export type SearchMode = (typeof searchModes)[number]

export interface Hit {
  readonly id: string
  readonly score: number
}

export interface SearchResult {
  readonly mode: SearchMode
  /** Best first; equal scores by id. */
  readonly hits: readonly Hit[]
}

export interface ProductIndex {
  /** A version that is not above the known one changes nothing. `undefined` takes the product out. */
  put(id: string, version: number, product: IndexedProduct | undefined): void
  /**
   * The least forgiving mode that finds anything; a given `mode` alone. A later page is asked for in the mode of the
   * first, so that a product that comes in between does not turn the list into another.
   */
  search(text: string, mode?: SearchMode): SearchResult
}

const fields = ['name', 'options', 'sku', 'category', 'description']

/** A replica's own: in memory, fed by the bus, made anew at each start. */
export function createProductIndex(): ProductIndex {
  const versions = new Map<string, number>()
  const indexed = new Map<string, IndexedProduct>()
  const productOfSku = new Map<string, string>()
  const index = new MiniSearch<IndexedProduct>({
    fields,
    extractField: (product, field) => textOf(product, field),
    tokenize: indexedWordsOf,
    processTerm: (word) => word,
    searchOptions: {
      // The words of a search are made ready before.
      tokenize: (word) => [word],
      boost: { name: 4, options: 3, sku: 3, category: 1.5, description: 0.5 },
    },
  })

  function find(text: string, mode: SearchMode): SearchResult {
    const hits = index.search(queryFor(searchedWordsOf(text), mode)).map(({ id, score }) => ({ id: String(id), score }))
    hits.sort((left, right) => right.score - left.score || (left.id < right.id ? -1 : 1))
    return { mode, hits }
  }

  function withExactSkuFirst(text: string, { mode, hits }: SearchResult): SearchResult {
    const id = productOfSku.get(skuKey(text))
    if (id === undefined) return { mode, hits }
    return { mode, hits: [{ id, score: Number.MAX_VALUE }, ...hits.filter((hit) => hit.id !== id)] }
  }

  return {
    put(id, version, product) {
      if (version <= (versions.get(id) ?? 0)) return
      versions.set(id, version)
      for (const sku of indexed.get(id)?.skus ?? []) productOfSku.delete(skuKey(sku))
      if (indexed.delete(id)) index.discard(id)
      if (product === undefined) return
      indexed.set(id, product)
      index.add(product)
      for (const sku of product.skus) productOfSku.set(skuKey(sku), id)
    },
    search(text, mode) {
      if (mode !== undefined) return withExactSkuFirst(text, find(text, mode))
      const tried = searchModes.map((each) => () => withExactSkuFirst(text, find(text, each)))
      for (const attempt of tried) {
        const result = attempt()
        if (result.hits.length > 0) return result
      }
      return { mode: 'AS_TYPED', hits: [] }
    },
  }
}

function textOf(product: IndexedProduct, field: string): string {
  switch (field) {
    case 'id':
      return product.id
    case 'name':
      return product.name
    case 'options':
      return product.options.join(' ')
    case 'sku':
      return product.skus.join(' ')
    case 'category':
      return product.category
    case 'description':
      return product.description
    default:
      throw new Error(`the index has no field ${field}`)
  }
}

function skuKey(text: string): string {
  return text.trim().toLowerCase()
}

/** One letter is the beginning of half the catalogue. */
const shortestBeginning = 2
/** Below this, every other word is one mistake away. */
const shortestForgiven = 4
const mostMistakes = 2

function queryFor(words: readonly string[], mode: SearchMode): Query {
  switch (mode) {
    case 'AS_TYPED':
      return { combineWith: 'AND', queries: [...words], prefix: (word) => word.length >= shortestBeginning }
    case 'FORGIVING':
      return { combineWith: 'AND', queries: words.map(forgiving) }
    case 'ANY_WORD':
      return { combineWith: 'OR', queries: words.map(forgiving) }
  }
}

/** A word, or one that is like it. Two letters in the wrong order count as two mistakes, so they are tried apart. */
function forgiving(word: string): Query {
  if (word.length < shortestForgiven) return { queries: [word], prefix: word.length >= shortestBeginning }
  return {
    combineWith: 'OR',
    queries: [
      { queries: [word], prefix: true, fuzzy: 0.2, maxFuzzy: mostMistakes },
      { queries: swapsOf(word), combineWith: 'OR' },
    ],
  }
}

/** The word with each two neighbouring letters exchanged. */
function swapsOf(word: string): string[] {
  const letters = Array.from(word)
  return letters
    .slice(1)
    .map((letter, at) => [...letters.slice(0, at), letter, letters[at] ?? '', ...letters.slice(at + 2)].join(''))
    .filter((swapped) => swapped !== word)
}
