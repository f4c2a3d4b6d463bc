import { GraphQLError, Lexer, Source, TokenKind } from 'graphql'

import { tooCostly, type Limits } from './limits.ts'

const opening: ReadonlySet<string> = new Set([TokenKind.BRACE_L, TokenKind.BRACKET_L, TokenKind.PAREN_L])
const closing: ReadonlySet<string> = new Set([TokenKind.BRACE_R, TokenKind.BRACKET_R, TokenKind.PAREN_R])
/** Brackets within each other for each level of fields: its selection, its arguments, their input objects and lists. */
const bracketsForLevel = 4

/**
 * What can be decided from the text alone, before it is parsed: a parser calls itself for each bracket, and makes an object of
 * each token. What is no GraphQL passes: the parser says why.
 * @throws RequestRefused
 */
export function limitText(text: string, { characters, tokens, depth }: Limits): void {
  if (text.length > characters) throw tooCostly('characters', { limit: characters, found: text.length })
  const lexer = new Lexer(new Source(text))
  let [read, open] = [0, 0]
  for (let kind = next(lexer); kind !== undefined && kind !== TokenKind.EOF; kind = next(lexer)) {
    read += 1
    if (read > tokens) throw tooCostly('tokens', { limit: tokens })
    if (opening.has(kind)) open += 1
    if (closing.has(kind)) open -= 1
    if (open > depth * bracketsForLevel) throw tooCostly('levels of fields', { limit: depth })
  }
}

function next(lexer: Lexer): TokenKind | undefined {
  try {
    return lexer.advance().kind
  } catch (thrown) {
    if (thrown instanceof GraphQLError) return undefined
    throw thrown
  }
}
