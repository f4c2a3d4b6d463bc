import { ToolbarButton, ToolbarMenu, useGraphiQL, useGraphiQLActions } from '@graphiql/react'
import { useEffect, useRef, type ReactNode } from 'react'

import { examples, type Example } from './examples.ts'
import { fillIn } from './variables/fill-in.ts'
import type { KnownValues } from './variables/known-values.ts'

/** Opens an example in a tab of its own, for whoever has closed or changed the first ones. */
export function ExampleMenu(): ReactNode {
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

/** Shows the variables of the open tab, with the marked ones up to date; draws nothing. */
export function TabVariables({ known }: { known: KnownValues }): ReactNode {
  const variableEditor = useGraphiQL((state) => state.variableEditor)
  const activeTabIndex = useGraphiQL((state) => state.activeTabIndex)
  const tabs = useGraphiQL((state) => state.tabs)
  const initialVariables = useRef(tabs[activeTabIndex]?.variables ?? '')

  useEffect(() => {
    // GraphiQL 5.4 forgets the variables of the tab that is open first.
    if (variableEditor?.getValue() === '') variableEditor.setValue(initialVariables.current)
  }, [variableEditor])

  useEffect(() => {
    const text = variableEditor?.getValue() ?? ''
    const filled = fillIn(text, known)
    if (filled !== text) variableEditor?.setValue(filled)
  }, [variableEditor, activeTabIndex, known])

  return null
}
