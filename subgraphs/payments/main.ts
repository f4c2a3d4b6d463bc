/** Runs payments as this process: `node --import tsx subgraphs/payments/main.ts`. What can be set is in `process.ts`. */
import { runSubgraph } from '../../platform/process/run-subgraph.ts'
import { paymentsProcess } from './process.ts'

await runSubgraph(paymentsProcess)
