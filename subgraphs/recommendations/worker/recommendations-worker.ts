/** Runs on a thread of its own: takes a `Task` as its data, posts the result once, and ends. */
import { setPriority } from 'node:os'
import { parentPort, workerData } from 'node:worker_threads'

import { easeOptions, trainEase } from '../domain/recommenders/ease/train.ts'
import { similarLists } from '../domain/similar/similar-lists.ts'
import { buffersOf, type Results, type Task } from './task.ts'

// On Linux this is the thread's own: who waits for an answer goes first.
if (process.platform === 'linux') setPriority(0, 15)

// Nobody but run.ts starts this file, and that passes a Task.
const result = resultOf(workerData as Task)
parentPort?.postMessage(result, buffersOf(result))

function resultOf(task: Task): Results[Task['kind']] {
  switch (task.kind) {
    case 'TRAIN':
      return trainEase(task, { ...easeOptions, mostProducts: task.mostProducts })
    case 'COMPARE':
      return similarLists(task.products)
  }
}
