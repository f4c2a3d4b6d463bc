/** Runs products as this process: `node --import tsx subgraphs/products/main.ts`. What can be set is in `process.ts`. */
import { runSubgraph } from '../../platform/process/run-subgraph.ts'
import { productsProcess } from './process.ts'

await runSubgraph(productsProcess)
