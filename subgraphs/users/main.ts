/** Runs users as this process: `node --import tsx subgraphs/users/main.ts`. What can be set is in `process.ts`. */
import { runSubgraph } from '../../platform/process/run-subgraph.ts'
import { usersProcess } from './process.ts'

await runSubgraph(usersProcess)
