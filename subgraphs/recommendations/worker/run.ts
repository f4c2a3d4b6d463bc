import { Worker } from 'node:worker_threads'

import { numberProducts, packBaskets, type ProductNumbering } from '../domain/product-numbering.ts'
import type { ComparedProduct } from '../domain/similar/similar.ts'
import { buffersOf, type ListTask, type PackedLists } from './task.ts'

export interface ListRequest {
  /** Ids of the products in each basket; those of no product in `products` are ignored. */
  readonly baskets: readonly (readonly string[])[]
  readonly products: readonly ComparedProduct[]
  /** Ends the worker, and rejects with the signal's reason. */
  readonly signal?: AbortSignal
}

/** Read them with `namedLists` and `namedSimilarLists`. */
export interface ComputedLists extends PackedLists {
  readonly numbering: ProductNumbering
}

/** All co-purchase lists and all lists of substitutes, on a thread of their own, which is gone when this settles. */
export async function computeLists({ baskets, products, signal }: ListRequest): Promise<ComputedLists> {
  signal?.throwIfAborted()
  const numbering = numberProducts(products.map(({ id }) => id))
  const byId = new Map(products.map((product) => [product.id, product]))
  const task: ListTask = {
    baskets: packBaskets(baskets, numbering),
    products: [...byId.values()].sort((left, right) => (left.id < right.id ? -1 : 1)),
  }
  const worker = startWorker(task)
  try {
    return { ...(await answerOf(worker, signal)), numbering }
  } finally {
    await worker.terminate()
  }
}

function startWorker(workerData: ListTask): Worker {
  return new Worker(new URL('./start.js', import.meta.url), {
    workerData,
    transferList: buffersOf({ ...workerData.baskets }),
    // Those of this process are meant for its own main file, and some are refused by a worker.
    execArgv: [],
  })
}

function answerOf(worker: Worker, signal: AbortSignal | undefined): Promise<PackedLists> {
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
