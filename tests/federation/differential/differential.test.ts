import { comparedOn } from './compared.ts'
import { shop } from './graphs.ts'

comparedOn(shop())
