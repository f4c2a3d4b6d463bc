/** Runs recommendations as this process: `node --import tsx subgraphs/recommendations/main.ts`. What can be set is in `process.ts`. */
import { runSubgraph } from '../../platform/process/run-subgraph.ts'
import { recommendationsProcess } from './process.ts'

await runSubgraph(recommendationsProcess)
