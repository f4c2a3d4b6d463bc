/** Runs notifications as this process: `node --import tsx subgraphs/notifications/main.ts`. What can be set is in `process.ts`. */
import { runSubgraph } from '../../platform/process/run-subgraph.ts'
import { notificationsProcess } from './process.ts'

await runSubgraph(notificationsProcess)
