import MiniSearch from 'minisearch'

import { searchModes, textQuery, type SearchMode } from './query.ts'
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
  /** What was ever indexed; a word too many only makes a search less forgiving. */
  const vocabulary = new Set<string>()
  const index = emptyIndex((word) => vocabulary.add(word))

  function find(text: string, mode: SearchMode): SearchResult {
    const hits = index
      .search(textQuery(searchedWordsOf(text), mode, vocabulary))
      .map(({ id, score }) => ({ id: String(id), score }))
    hits.sort((left, right) => right.score - left.score || (left.id < right.id ? -1 : 1))
    return { mode, hits }
  }

  function withExactSkuFirst(text: string, { mode, hits }: SearchResult): SearchResult {
    const id = productOfSku.get(skuKey(text))
    if (id === undefined) return { mode, hits }
    return { mode, hits: [{ id, score: Number.MAX_VALUE }, ...hits.filter((hit) => hit.id !== id)] }
  }

  function takeOut(product: IndexedProduct): void {
    indexed.delete(product.id)
    for (const sku of product.skus) productOfSku.delete(skuKey(sku))
    // Not `discard`: that leaves traces, and the first search that meets one scores what is before it by other numbers.
    index.remove(product)
  }

  return {
    put(id, version, product) {
      if (version <= (versions.get(id) ?? 0)) return
      versions.set(id, version)
      const before = indexed.get(id)
      if (before !== undefined) takeOut(before)
      if (product === undefined) return
      indexed.set(id, product)
      index.add(product)
      for (const sku of product.skus) productOfSku.set(skuKey(sku), id)
    },
    search(text, mode) {
      if (mode !== undefined) return withExactSkuFirst(text, find(text, mode))
      for (const each of searchModes) {
        const result = withExactSkuFirst(text, find(text, each))
        if (result.hits.length > 0) return result
      }
      return { mode: 'STRICT', hits: [] }
    },
  }
}

/** @param onWord hears every word that is indexed */
function emptyIndex(onWord: (word: string) => void): MiniSearch<IndexedProduct> {
  return new MiniSearch<IndexedProduct>({
    fields,
    extractField: (product, field) => textOf(product, field),
    tokenize: indexedWordsOf,
    processTerm(word) {
      onWord(word)
      return word
    },
    searchOptions: {
      // The words of a search are made ready before.
      tokenize: (word) => [word],
      processTerm: (word) => word,
      boost: { name: 4, options: 3, sku: 3, category: 1.5, description: 0.5 },
    },
  })
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
