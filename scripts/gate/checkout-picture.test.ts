import { expect, it } from 'vitest'

import { drawn } from './checkout-picture.ts'

it('draws one arrow from a state to the next, with what leads there', () => {
  const picture = drawn([
    { from: 'NONE', on: 'PLACE_ORDER', to: 'RESERVING', sends: ['RESERVE_STOCK'] },
    { from: 'RESERVING', on: 'DEADLINE_PASSED', to: 'RESERVING', sends: ['RESERVE_STOCK'] },
    { from: 'COMPENSATING', on: 'STOCK_RELEASED', to: 'REJECTED', sends: [], when: 'all is given back' },
    { from: 'COMPENSATING', on: 'CANCEL_ORDER', to: 'REJECTED', sends: [] },
  ])
  expect(picture).toEqual([
    'stateDiagram-v2',
    '  direction LR',
    '  [*] --> RESERVING: placeOrder',
    '  COMPENSATING --> REJECTED: StockReleased (all is given back)<br/>cancelOrder',
  ])
})
