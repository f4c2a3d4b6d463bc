import { asRead, type ReplyRule } from './reply.ts'

/**
 * Nothing that the assistant has to say leads out of the shop, so nothing that looks as if it did is said: schemes, hosts, addresses of
 * e-mail, paths, and what readers are to put together themselves.
 */
const links = [
  // A scheme, whatever its name; after a digit it is a time of day.
  /\p{L}:(?=[\p{L}\p{N}/\\+@])/u,
  /\/\/|\\/,
  /@/,
  // A host: letters on both sides of a full stop, or a full stop with a space before it.
  /[\p{L}\p{N}_-]\.\p{L}[\p{L}\p{N}-]/u,
  /[\p{L}\p{N}]\s+\.\s*\p{L}/u,
  /www/i,
  /[[({]\s*(?:\.|dot|at)\s*[\])}]/iu,
  /\bdot\s+\p{L}{2,}/iu,
  // A path.
  /(?:^|\s)\/\p{L}/u,
  // The address of a host in numbers.
  /\d+\.\d+\.\d+/,
]
const markup = /[<>{}|]|\]\s*[([]|!\[|&#?\w+;/
/** A token or a key, or as good as one: no word is so long. */
const secrets = /\beyJ[\w-]{8,}|\bsk-[\w-]{16,}|-----BEGIN|[^\s]{46,}/

export const linksNowhere: ReplyRule = ({ text }) => {
  const read = asRead(text)
  if (links.some((link) => link.test(read))) return 'it holds a link or an address'
  if (secrets.test(read)) return 'it holds a secret'
  return markup.test(read) ? 'it holds markup' : undefined
}
