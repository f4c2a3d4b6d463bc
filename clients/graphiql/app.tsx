import { createLocalStorage, type Fetcher } from '@graphiql/toolkit'
import { GraphiQL } from 'graphiql'
import { useSyncExternalStore, type ReactNode } from 'react'

import { AccountBar } from './account-bar.tsx'
import type { Example } from './examples.ts'
import type { Account } from '../session/account.ts'
import { ExampleMenu, OpenTab } from './toolbar.tsx'
import type { Notebook } from './variables/notebook.ts'

export interface AppProps {
  account: Account
  /** Those that fit the graph; none where it is not the shop's. */
  examples: readonly Example[]
  fetcher: Fetcher
  notebook: Notebook
}

// Other GraphiQLs on localhost would else share their tabs with this one, and another graph those of the shop.
const shopStorage = createLocalStorage({ namespace: 'souk-graphiql' })
const otherStorage = createLocalStorage({ namespace: 'other-graphiql' })

export function App({ account, examples, fetcher, notebook }: AppProps): ReactNode {
  const isShop = examples.length > 0
  const known = useSyncExternalStore(notebook.subscribe, notebook.known)
  return (
    <>
      {isShop && <AccountBar account={account} />}
      <main className="editor">
        <GraphiQL
          fetcher={fetcher}
          storage={isShop ? shopStorage : otherStorage}
          {...(isShop && { defaultTabs: examples.map(({ query, variables }) => ({ query, variables })) })}
          defaultEditorToolsVisibility="variables"
          showPersistHeadersSettings={false}
        >
          <GraphiQL.Logo> </GraphiQL.Logo>
          <GraphiQL.Toolbar>
            {({ prettify, merge, copy }) => (
              <>
                {prettify}
                {merge}
                {copy}
                {isShop && <ExampleMenu examples={examples} />}
                <OpenTab known={known} />
              </>
            )}
          </GraphiQL.Toolbar>
        </GraphiQL>
      </main>
    </>
  )
}
