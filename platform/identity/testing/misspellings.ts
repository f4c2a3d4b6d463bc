const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'

/** Other spellings of a token that decode to the same bytes, by what is done to it. */
export function misspellings(token: string): [string, string][] {
  const parts = token.split('.')
  const last = parts.at(-1) ?? ''
  const padded = parts.map((part) => part.padEnd(Math.ceil(part.length / 4) * 4, '=')).join('.')
  return [
    ['padding', `${token}=`],
    ['more padding', `${token}==`],
    ['padding of each part', padded],
    ['a spare bit', token.slice(0, -1) + (alphabet[alphabet.indexOf(token.at(-1) ?? '') ^ 1] ?? '')],
    ['a space at the end', `${token} `],
    ['a line break within', `${token.slice(0, -10)}\n${token.slice(-10)}`],
    ['the other alphabet', [...parts.slice(0, -1), last.replaceAll('-', '+').replaceAll('_', '/')].join('.')],
  ].filter((pair): pair is [string, string] => pair[1] !== token)
}
