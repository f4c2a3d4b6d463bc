/** Runs orders as this process: `node --import tsx subgraphs/orders/main.ts`. What can be set is in `process.ts`. */
import { runSubgraph } from '../../platform/process/run-subgraph.ts'
import { ordersProcess } from './process.ts'

await runSubgraph(ordersProcess)
