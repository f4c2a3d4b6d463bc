import { comparedOn } from './compared.ts'
import { fixtures } from './graphs.ts'

// A file apart, so that the two take half of the time on two cores.
fixtures().forEach(comparedOn)
