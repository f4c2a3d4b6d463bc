import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vite'

const config = defineConfig({
  root: fileURLToPath(new URL('./', import.meta.url)),
  base: '/graphiql/',
  // Monaco's workers are separate programs; as modules they load from this origin and need no blob: URL.
  worker: { format: 'es' },
  // Two copies of graphql would not recognise each other's schema objects.
  resolve: { dedupe: ['graphql', 'react', 'react-dom'] },
  build: { target: 'es2023', reportCompressedSize: false, chunkSizeWarningLimit: 4000 },
})

// Vite reads its configuration from the default export and from nowhere else.
export default config
