import { readdirSync, readFileSync } from 'node:fs'

import { composeServices } from '@apollo/composition'
import { parse } from 'graphql'

import { shopDefinitions, type SubgraphDefinition } from './made-up-subgraphs.ts'

const root = new URL('../../../', import.meta.url)
const folders = new URL('../fixtures/', import.meta.url)

export interface Graph {
  readonly name: string
  readonly subgraphs: readonly SubgraphDefinition[]
  readonly supergraphSdl: string
  readonly isShop: boolean
  /** The subgraph that alone knows of what type some objects are. While it is down, Apollo's executor gives them without a type, and ours gives none. */
  readonly knowsTypes?: string | undefined
}

/** In `interfaces`, `opinions` knows media by an `@interfaceObject` only. */
const knowingTypes: ReadonlyMap<string, string> = new Map([['interfaces', 'library']])

export function shop(): Graph {
  return {
    name: 'the shop',
    subgraphs: shopDefinitions(),
    supergraphSdl: readFileSync(new URL('supergraph.graphql', root), 'utf8'),
    isShop: true,
  }
}

/** What all subgraphs of fixtures begin with. */
const link = `extend schema @link(
  url: "https://specs.apollo.dev/federation/v2.7"
  import: [
    "@key", "@shareable", "@external", "@requires", "@provides", "@override", "@interfaceObject", "@inaccessible", "@tag"
  ]
)`

/** A graph of `tests/federation/fixtures/`: a folder of subgraphs. */
export function fixture(name: string): Graph {
  const folder = new URL(`${name}/`, folders)
  const subgraphs = readdirSync(folder).map((file) => ({
    name: file.replace(/\.graphql$/, ''),
    definitions: parse(`${link}\n${readFileSync(new URL(file, folder), 'utf8')}`),
  }))
  const { supergraphSdl, errors } = composeServices(
    subgraphs.map(({ name: subgraph, definitions }) => ({
      name: subgraph,
      typeDefs: definitions,
      url: 'http://there',
    })),
  )
  if (supergraphSdl === undefined) throw new Error(`${name}: ${errors.map(({ message }) => message).join('; ')}`)
  return { name, subgraphs, supergraphSdl, isShop: false, knowsTypes: knowingTypes.get(name) }
}

export function fixtures(): Graph[] {
  return readdirSync(folders).map(fixture)
}
