/** Runs inventory as this process: `node --import tsx subgraphs/inventory/main.ts`. What can be set is in `process.ts`. */
import { runSubgraph } from '../../platform/process/run-subgraph.ts'
import { inventoryProcess } from './process.ts'

await runSubgraph(inventoryProcess)
