import { describe, expect, it } from 'vitest'

import { fitting } from './operation-name.ts'

describe('the name of the operation to run', () => {
  it('is left out where there is one operation, since it may be that of the tab before', () => {
    const asked = fitting({ query: 'query MyOrders { me { name } }', operationName: 'ProductPage' })
    expect(asked.operationName).toBeUndefined()
  })

  it('stays where it chooses among several', () => {
    const asked = fitting({ query: 'query One { me { name } } query Two { me { id } }', operationName: 'Two' })
    expect(asked.operationName).toBe('Two')
  })

  it('stays with what is no document, which the graph refuses in its own way', () => {
    expect(fitting({ query: 'query {', operationName: 'One' }).operationName).toBe('One')
  })
})
