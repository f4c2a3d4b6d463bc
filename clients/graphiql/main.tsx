import { createGraphiQLFetcher } from '@graphiql/toolkit'
import 'graphiql/setup-workers/vite'
import 'graphiql/style.css'
import { createRoot } from 'react-dom/client'

import { App } from './app.tsx'
import { createAccount } from '../session/account.ts'
import { authorizedFetch } from '../session/authorized-fetch.ts'
import { sessionOperations } from '../session/session-operations.ts'
import { fittingExamples } from './fitting-examples.ts'
import { withFittingName } from './operation-name.ts'
import './style.css'
import { createNotebook, notingFetcher } from './variables/notebook.ts'

const url = new URL('/graphql', window.location.origin).href
const fetch = window.fetch.bind(window)

const account = createAccount({
  operations: sessionOperations({ url, fetch }),
  storage: window.sessionStorage,
  now: Date.now,
})

const notebook = createNotebook()
const fetcher = notingFetcher(
  withFittingName(
    createGraphiQLFetcher({ url, fetch: authorizedFetch({ account, fetch }), enableIncrementalDelivery: false }),
  ),
  notebook,
)

const examples = await fittingExamples({ url, fetch })

// One thing to look at and to buy, so that the examples work in any order. Where the graph does not answer, the
// browser's console says so, and the examples wait for the first answer that shows a product.
const somethingToBuy = `query SomethingToBuy {
  products(filter: { text: "retrospot", inStockOnly: true }, first: 1) {
    edges { node { slug variants { id availability { inStock } } } }
  }
}`
if (examples.length > 0) void fetcher({ query: somethingToBuy, operationName: 'SomethingToBuy' })

const root = document.getElementById('root')
if (!root) throw new Error('index.html has no element #root')
createRoot(root).render(<App account={account} examples={examples} fetcher={fetcher} notebook={notebook} />)
