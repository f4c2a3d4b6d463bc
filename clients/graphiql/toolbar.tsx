import { type MonacoEditor, ToolbarButton, ToolbarMenu, useGraphiQL, useGraphiQLActions } from '@graphiql/react'
import { useEffect, type ReactNode } from 'react'

import type { Example } from './examples.ts'
import { fillIn } from './variables/fill-in.ts'
import type { KnownValues } from './variables/known-values.ts'

/** Opens an example in a tab of its own, for whoever has closed or changed the first ones. */
export function ExampleMenu({ examples }: { examples: readonly Example[] }): ReactNode {
  const { addTab } = useGraphiQLActions()
  const queryEditor = useGraphiQL((state) => state.queryEditor)
  const variableEditor = useGraphiQL((state) => state.variableEditor)

  const open = ({ query, variables }: Example): void => {
    addTab()
    queryEditor?.setValue(query)
    variableEditor?.setValue(variables)
  }

  return (
    <ToolbarMenu button={examplesButton}>
      {examples.map((example) => (
        <ToolbarMenu.Item key={example.title} onSelect={() => open(example)}>
          {example.title}
        </ToolbarMenu.Item>
      ))}
    </ToolbarMenu>
  )
}

const examplesButton = (
  <ToolbarButton label="Open an example">
    <svg className="graphiql-toolbar-icon" viewBox="0 0 16 16" fill="none" stroke="currentColor" aria-hidden="true">
      <path d="M8 3.5C6.5 2.5 4.5 2.2 2 2.4v10.2c2.5-.2 4.5.1 6 1.1 1.5-1 3.5-1.3 6-1.1V2.4c-2.5-.2-4.5.1-6 1.1zm0 0v10.2" />
    </svg>
  </ToolbarButton>
)

/** Shows what the open tab holds, with the marked variables up to date; draws nothing. */
export function OpenTab({ known }: { known: KnownValues }): ReactNode {
  const queryEditor = useGraphiQL((state) => state.queryEditor)
  const variableEditor = useGraphiQL((state) => state.variableEditor)
  const activeTabIndex = useGraphiQL((state) => state.activeTabIndex)
  const tab = useGraphiQL((state) => state.tabs[state.activeTabIndex])

  // GraphiQL 5.4 opens its editors without the variables of the first tab, without the query of any other tab, and
  // forgets a change of tabs made before they were there. Once they are, it keeps them in step with the tab itself.
  useEffect(() => showIn(queryEditor, tab?.query), [queryEditor])
  useEffect(() => showIn(variableEditor, tab?.variables), [variableEditor])

  useEffect(() => {
    showIn(variableEditor, fillIn(variableEditor?.getValue() ?? '', known))
  }, [variableEditor, activeTabIndex, known])

  return null
}

function showIn(editor: MonacoEditor | undefined, text: string | null | undefined): void {
  if (editor && editor.getValue() !== (text ?? '')) editor.setValue(text ?? '')
}
