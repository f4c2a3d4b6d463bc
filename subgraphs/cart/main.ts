/** Runs cart as this process: `node --import tsx subgraphs/cart/main.ts`. What can be set is in `process.ts`. */
import { runSubgraph } from '../../platform/process/run-subgraph.ts'
import { cartProcess } from './process.ts'

await runSubgraph(cartProcess)
