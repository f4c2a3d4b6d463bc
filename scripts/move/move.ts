import { createHash } from 'node:crypto'
import { isDeepStrictEqual } from 'node:util'

import type { Kept, KeptThings, TakenThings } from '../../platform/subgraph/moving.ts'

/** Things of one kind, on the side that they come from and on the side that they go to. */
export interface Movable {
  /** In the plural. */
  readonly name: string
  /** What `copy` does, as for people: at first, and again. */
  readonly work: readonly [first: string, again: string]
  /** Writes whatever is newer where it comes from, or waits for who does. */
  copy(): Promise<void>
  compare(): Promise<Comparison>
}

/** What is moved of a subgraph, in this order, with both sides open. */
export interface OpenMove {
  readonly movables: readonly Movable[]
  /** Messages that the new store has yet to publish, where it is in use already. */
  unpublished?(): Promise<number>
  close(): Promise<void>
}

export interface Comparison {
  readonly name: string
  readonly from: Digest
  readonly to: Digest
}

/** How many there are, and a hash of all of them, versions included. */
export interface Digest {
  readonly count: number
  readonly hash: string
}

export function movable<Content>(name: string, from: KeptThings<Content>, to: TakenThings<Content>): Movable {
  return {
    name,
    work: ['copying', 'catching up'],
    async copy() {
      for await (const page of from.pages()) await to.take(page)
    },
    compare: () => compareThings(name, from, to),
  }
}

export async function compareThings<Content>(
  name: string,
  from: KeptThings<Content>,
  to: KeptThings<Content>,
): Promise<Comparison> {
  return { name, from: await digestOf(from), to: await digestOf(to) }
}

export function isAlike({ from, to }: Comparison): boolean {
  return from.count === to.count && from.hash === to.hash
}

const passes = 10

/**
 * Copies, and then catches up with what the shop has changed meanwhile, until both sides are alike. A shop that changes all
 * the time leaves a difference; the next move takes it along.
 */
export async function move(movables: readonly Movable[], say: (line: string) => void): Promise<Comparison[]> {
  let before: Comparison[] | undefined
  for (let pass = 1; ; pass += 1) {
    say(workOf(movables, pass))
    // In this order: what comes later may refer to what came before.
    for (const things of movables) await things.copy()
    const comparisons = await compareAll(movables)
    const isStuck = isDeepStrictEqual(comparisons, before)
    if (comparisons.every(isAlike) || isStuck || pass === passes) return comparisons
    before = comparisons
  }
}

function workOf(movables: readonly Movable[], pass: number): string {
  const all = new Set(movables.map(({ work: [first, again] }) => (pass === 1 ? first : `${again}, ${pass - 1}`)))
  return [...all].join(' and ')
}

export async function compareAll(movables: readonly Movable[]): Promise<Comparison[]> {
  const comparisons: Comparison[] = []
  for (const things of movables) comparisons.push(await things.compare())
  return comparisons
}

async function digestOf<Content>(things: KeptThings<Content>): Promise<Digest> {
  const hash = createHash('sha256')
  let count = 0
  for await (const page of things.pages()) {
    for (const thing of page) hash.update(written(thing))
    count += page.length
  }
  return { count, hash: hash.digest('hex') }
}

/** The same text for the same content, in whatever order a driver gives its fields. */
function written({ key, version, content }: Kept<unknown>): string {
  return `${JSON.stringify([key, version, content], (_name, value: unknown) => sorted(value))}\n`
}

function sorted(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  return Object.fromEntries(Object.entries(value).toSorted(([left], [right]) => (left < right ? -1 : 1)))
}
