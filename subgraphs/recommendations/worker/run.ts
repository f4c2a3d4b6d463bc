import { Worker } from 'node:worker_threads'

import type { PackedRows } from '../domain/packed-rows.ts'
import type { EaseWeights } from '../domain/recommenders/ease/weights.ts'
import { namedSimilarLists, type SimilarList } from '../domain/similar/similar-lists.ts'
import type { ComparedProduct } from '../domain/similar/similar.ts'
import { buffersOf, type Patience, type Results, type Task, type WorkerData } from './task.ts'

interface Background extends Partial<Patience> {
  /** Ends the worker, and rejects with the signal's reason. */
  readonly signal?: AbortSignal
}

interface Training extends Background {
  readonly baskets: PackedRows
  readonly productCount: number
  readonly mostProducts: number
}

/** `trainEase` on a thread of its own, which is gone when this settles. Takes the memory of the baskets with it. */
export function trainOnThread({ signal, niceness = veryPatient, ...training }: Training): Promise<EaseWeights> {
  return runOnThread({ kind: 'TRAIN', ...training }, { moved: buffersOf(training.baskets), signal, niceness })
}

/** Who waits for an answer goes first. */
const veryPatient = 15

/** The list of each product's substitutes, as `trainOnThread`. */
export async function compareOnThread(
  products: readonly ComparedProduct[],
  { signal, niceness = veryPatient }: Background = {},
): Promise<Iterable<SimilarList>> {
  const sorted = products.toSorted((left, right) => (left.id < right.id ? -1 : 1))
  const lists = await runOnThread({ kind: 'COMPARE', products: sorted }, { moved: [], signal, niceness })
  return namedSimilarLists(lists, sorted)
}

interface Run extends Patience {
  readonly moved: ArrayBuffer[]
  readonly signal: AbortSignal | undefined
}

async function runOnThread<Given extends Task>(
  task: Given,
  { moved, signal, niceness }: Run,
): Promise<Results[Given['kind']]> {
  signal?.throwIfAborted()
  const worker = new Worker(new URL('./start.js', import.meta.url), {
    workerData: { task, niceness } satisfies WorkerData,
    transferList: moved,
    // Those of this process are meant for its own main file, and some are refused by a worker.
    execArgv: [],
  })
  try {
    return await answerOf(worker, signal)
  } finally {
    await worker.terminate()
  }
}

function answerOf<Result>(worker: Worker, signal: AbortSignal | undefined): Promise<Result> {
  return new Promise((resolve, reject) => {
    worker.once('message', resolve)
    worker.once('messageerror', reject)
    worker.once('error', reject)
    worker.once('exit', (code) => reject(new Error(`the worker for recommendations ended early with code ${code}`)))
    signal?.addEventListener('abort', () => reject(reasonOf(signal)), { once: true })
  })
}

function reasonOf({ reason }: AbortSignal): Error {
  return reason instanceof Error
    ? reason
    : new Error('the computation of recommendations was called off', { cause: reason })
}
