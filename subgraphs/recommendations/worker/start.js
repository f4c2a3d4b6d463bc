// JavaScript, because a worker knows no TypeScript: it does not take over the loader that the main thread registered.
import '../../../platform/typescript/register.js'

await import('./recommendations-worker.ts')
