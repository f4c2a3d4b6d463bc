/** Runs orders as this process; README.md of `platform/process/` says how. What can be set is in `process.ts`. */
import { allContracts } from '../../contracts/all.ts'
import { runSubgraph } from '../../platform/process/run-subgraph.ts'
import { ordersProcess } from './process.ts'

await runSubgraph(ordersProcess, allContracts)
