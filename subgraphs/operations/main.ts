/** Runs operations as this process: `node --import tsx subgraphs/operations/main.ts`. What can be set is in `process.ts`. */
import { runSubgraph } from '../../platform/process/run-subgraph.ts'
import { operationsProcess } from './process.ts'

await runSubgraph(operationsProcess)
