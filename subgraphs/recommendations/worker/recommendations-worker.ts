/** Runs on a thread of its own: takes a `Task` in its data, posts the result once, and ends. */
import { getPriority, setPriority } from 'node:os'
import { parentPort, workerData } from 'node:worker_threads'

import { easeOptions, trainEase } from '../domain/recommenders/ease/train.ts'
import { similarLists } from '../domain/similar/similar-lists.ts'
import { buffersOf, type Results, type Task, type WorkerData } from './task.ts'

// Nobody but run.ts starts this file, and that passes this.
const { task, niceness } = workerData as WorkerData

// On Linux this is the thread's own. Not everybody may come forward again from where the process stands.
if (process.platform === 'linux') setPriority(0, Math.max(getPriority(), niceness))

const result = resultOf(task)
parentPort?.postMessage(result, buffersOf(result))

function resultOf(task: Task): Results[Task['kind']] {
  switch (task.kind) {
    case 'TRAIN':
      return trainEase(task, { ...easeOptions, mostProducts: task.mostProducts })
    case 'COMPARE':
      return similarLists(task.products)
  }
}
