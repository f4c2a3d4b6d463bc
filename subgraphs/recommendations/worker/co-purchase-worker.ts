/** Runs on a thread of its own: takes a `ListTask` as its data, posts `PackedLists` once, and ends. */
import { parentPort, workerData } from 'node:worker_threads'

import { coPurchaseLists } from '../domain/co-purchase-lists.ts'
import { similarLists } from '../domain/similar/similar-lists.ts'
import { buffersOf, type ListTask, type PackedLists } from './task.ts'

// Nobody but run.ts starts this file, and that passes a ListTask.
const { baskets, products } = workerData as ListTask
const lists: PackedLists = {
  coPurchase: coPurchaseLists({ baskets, productCount: products.length }),
  similar: similarLists(products),
}
parentPort?.postMessage(lists, buffersOf({ ...lists.coPurchase }, { ...lists.similar }))
