import MiniSearch from 'minisearch'

import { searchModes, textQuery, type SearchMode } from './query.ts'
import { createVocabulary } from './vocabulary.ts'
import { indexedWordsOf, searchedWordsOf } from './words.ts'

/** What the index knows of a product on sale. */
export interface IndexedProduct {
  readonly id: string
  readonly name: string
  readonly description: string
  readonly category: string
  readonly skus: readonly string[]
  /** What its variants differ in, such as colours. */
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

/** A product as the index holds it: in each field the words that can be looked for, with a space between them. */
interface Document {
  readonly id: string
  readonly name: string
  readonly options: string
  readonly sku: string
  readonly category: string
  readonly description: string
  readonly skus: readonly string[]
}

/** A product's own name, typed in full, outweighs whatever else holds its words. */
const wholeName = 100

/** A replica's own: in memory, fed by the bus, made anew at each start. */
export function createProductIndex(): ProductIndex {
  const versions = new Map<string, number>()
  const documents = new Map<string, Document>()
  const productOfSku = new Map<string, string>()
  const productsNamed = new Map<string, Set<string>>()
  const vocabulary = createVocabulary()
  const index = emptyIndex()

  function find(text: string, mode: SearchMode): SearchResult {
    const { query, heldBy } = textQuery(searchedWordsOf(text), mode, vocabulary)
    const named = productsNamed.get(joined(indexedWordsOf(text)))
    const found = index
      .search(query, named && { boostDocument: (id: string) => (named.has(id) ? wholeName : 1) })
      .map(({ id, score, queryTerms }) => ({ id: String(id), score, held: heldBy(queryTerms) }))
    found.sort((left, right) => right.held - left.held || right.score - left.score || (left.id < right.id ? -1 : 1))
    return { mode, hits: found.map(({ id, score }) => ({ id, score })) }
  }

  function withExactSkuFirst(text: string, { mode, hits }: SearchResult): SearchResult {
    const id = productOfSku.get(skuKey(text))
    if (id === undefined) return { mode, hits }
    return { mode, hits: [{ id, score: Number.MAX_VALUE }, ...hits.filter((hit) => hit.id !== id)] }
  }

  function putIn(product: IndexedProduct): void {
    const document = documentOf(product)
    const { id, name } = document
    documents.set(id, document)
    vocabulary.add(wordsIn(document))
    index.add(document)
    productsNamed.set(name, (productsNamed.get(name) ?? new Set()).add(id))
    for (const sku of product.skus) productOfSku.set(skuKey(sku), id)
  }

  function takeOut(document: Document): void {
    const { id, name } = document
    documents.delete(id)
    vocabulary.remove(wordsIn(document))
    // Not `discard`: that leaves traces, and the first search that meets one scores what is before it by other numbers.
    index.remove(document)
    const named = productsNamed.get(name)
    named?.delete(id)
    if (named?.size === 0) productsNamed.delete(name)
    for (const sku of document.skus) productOfSku.delete(skuKey(sku))
  }

  return {
    put(id, version, product) {
      if (version <= (versions.get(id) ?? 0)) return
      versions.set(id, version)
      const before = documents.get(id)
      if (before !== undefined) takeOut(before)
      if (product !== undefined) putIn(product)
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

function emptyIndex(): MiniSearch<Document> {
  return new MiniSearch<Document>({
    fields: ['name', 'options', 'sku', 'category', 'description'],
    // Words are made ready before, those of products as well as those of a search.
    tokenize: (text) => text.split(' '),
    processTerm: (word) => word,
    searchOptions: {
      tokenize: (word) => [word],
      boost: { name: 4, options: 3, sku: 3, category: 1.5, description: 0.5 },
      weights: { prefix: 0.3, fuzzy: 0.1 },
    },
  })
}

function documentOf({ id, name, options, skus, category, description }: IndexedProduct): Document {
  return {
    id,
    name: joined(indexedWordsOf(name)),
    options: joined(options.flatMap(indexedWordsOf)),
    sku: joined(skus.flatMap(indexedWordsOf)),
    category: joined(indexedWordsOf(category)),
    description: joined(indexedWordsOf(description)),
    skus,
  }
}

function joined(words: readonly string[]): string {
  return words.join(' ')
}

function wordsIn({ name, options, sku, category, description }: Document): Set<string> {
  return new Set([name, options, sku, category, description].flatMap((text) => text.split(' ')))
}

function skuKey(text: string): string {
  return text.trim().toLowerCase()
}
