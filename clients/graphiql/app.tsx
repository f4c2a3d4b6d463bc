import { createLocalStorage, type Fetcher } from '@graphiql/toolkit'
import { GraphiQL } from 'graphiql'
import { useSyncExternalStore, type ReactNode } from 'react'

import { AccountBar } from './account-bar.tsx'
import { exampleTabs } from './examples.ts'
import type { Account } from '../session/account.ts'
import { ExampleMenu, OpenTab } from './toolbar.tsx'
import type { Notebook } from './variables/notebook.ts'

export interface AppProps {
  account: Account
  fetcher: Fetcher
  notebook: Notebook
}

// Other GraphiQLs on localhost would else share their tabs with this one.
const storage = createLocalStorage({ namespace: 'souk-graphiql' })

export function App({ account, fetcher, notebook }: AppProps): ReactNode {
  const known = useSyncExternalStore(notebook.subscribe, notebook.known)
  return (
    <>
      <AccountBar account={account} />
      <main className="editor">
        <GraphiQL
          fetcher={fetcher}
          storage={storage}
          defaultTabs={exampleTabs}
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
                <ExampleMenu />
                <OpenTab known={known} />
              </>
            )}
          </GraphiQL.Toolbar>
        </GraphiQL>
      </main>
    </>
  )
}
