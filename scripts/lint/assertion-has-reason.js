/**
 * An `as` tells the compiler to stop looking, so it stands at an edge where data comes in, with a comment that says why
 * it holds: on its line, on the line above, or above its statement. `as const` and `as unknown` claim nothing.
 */
export const assertionHasReason = {
  meta: {
    type: 'problem',
    docs: { description: 'Require a reason beside a type assertion.' },
    messages: { unreasoned: "Parse instead of asserting; at a parser's edge say in a comment why the `as` holds." },
    schema: [],
  },
  create(context) {
    const { sourceCode } = context
    const commentedLines = new Set(
      sourceCode.getAllComments().flatMap(({ loc }) => [loc.start.line, loc.end.line, loc.end.line + 1]),
    )

    function isFree({ typeAnnotation }) {
      const isConst = typeAnnotation.type === 'TSTypeReference' && typeAnnotation.typeName.name === 'const'
      return isConst || typeAnnotation.type === 'TSUnknownKeyword'
    }

    function statementOf(node) {
      return /Statement$|Declaration$|^PropertyDefinition$/.test(node.type) ? node : statementOf(node.parent)
    }

    return {
      'TSAsExpression, TSTypeAssertion'(node) {
        if (isFree(node)) return
        const lines = [node.loc.start.line, node.loc.end.line, statementOf(node).loc.start.line]
        if (!lines.some((line) => commentedLines.has(line))) context.report({ node, messageId: 'unreasoned' })
      },
    }
  },
}
