/** Rules as pure functions: what an input comes to, and what its events make of the state. */
export interface Rules<State, Input, Event, Decision extends { readonly events: readonly Event[] }> {
  decide(input: Input, state: State): Decision
  evolve(state: State, event: Event): State
  readonly initial: State
}

export interface Given<State, Input, Decision> {
  readonly state: State
  /** This state after more inputs. */
  and(...inputs: Input[]): Given<State, Input, Decision>
  /** The decision on one more input, and the state after it. */
  when(input: Input): Decision & { readonly state: State; readonly changed: boolean }
}

/**
 * Given what has happened, when one thing more happens, then this is decided and that is the state:
 *
 *     const { given } = behaviourOf({ decide, evolve, initial })
 *     expect(given(placed, reserved).when(captured)).toMatchObject({ commands: ['COMMIT_STOCK'], state: {…} })
 */
export function behaviourOf<State, Input, Event, Decision extends { readonly events: readonly Event[] }>(
  rules: Rules<State, Input, Event, Decision>,
) {
  function after(state: State, input: Input): State {
    return rules.decide(input, state).events.reduce((before, event) => rules.evolve(before, event), state)
  }

  function givenState(state: State): Given<State, Input, Decision> {
    return {
      state,
      and: (...inputs) => givenState(inputs.reduce(after, state)),
      when(input) {
        const decision = rules.decide(input, state)
        return { ...decision, state: after(state, input), changed: decision.events.length > 0 }
      },
    }
  }

  return {
    givenState,
    /** The initial state after these inputs. */
    given: (...inputs: Input[]) => givenState(rules.initial).and(...inputs),
  }
}
