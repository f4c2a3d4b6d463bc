import type { Topic } from '../plan.ts'
import { phrases } from '../reading/normalise.ts'

/** What is asked of the assistant itself, and not of the shop's products: told apart by how the sentence begins or ends. */

/** Words before what is asked for. */
const politely = `(?:(?:${[
  ...[
    'please',
    'can',
    'could',
    'would',
    'will',
    'you',
    'i',
    'id',
    'want',
    'like',
    'need',
    'to',
    'now',
    'just',
    'then',
    'let',
  ],
  ...[
    'lets',
    'me',
    'us',
    'how',
    'do',
    'and',
    'so',
    'ok',
    'kindly',
    'help',
    'no',
    'oh',
    'actually',
    'sorry',
    'wait',
    ',',
  ],
].join('|')}) )*`

/** Sentences that ask for one of these, from their first word on. */
function asks(...list: readonly string[]): RegExp {
  return new RegExp(`^${politely}(?:${list.join('|')})(?![\\w-])`)
}

const own = '(?:(?:my|the|this|that|our) )'
const cart = '(?:shopping )?(?:cart|basket|trolley|bag)'
const pointed =
  '(?:it|that|them|this|these|those|the|my|one|everything|all|any|both|every|each|number|two|three|four|five|#?\\d+)'
const politeEnd = '(?: please| now| instead)?$'

/** Why something is not done, by what is said; the first that fits. */
export const refusals: readonly (readonly [Topic, RegExp])[] = [
  [
    'SECRET',
    phrases(
      '(?:your|system|the|hidden|initial|full) (?:\\w+ )?prompts?(?! delivery)',
      '(?:your|previous|all) (?:previous )?(?:instructions|rules|secrets?)',
      'api key',
    ),
  ],
  [
    'CANNOT_CANCEL',
    asks(
      `cancel (?:an? )?${own}?(?:\\w+ )?(?:orders?|parcel|delivery|purchase|subscription|everything|all|sk-\\w+)(?: .*)?`,
      `(?:refund|return) (?:it|them|everything|${own}.*)`,
      'refund$',
      'return (?:an?|some) (?:order|item|thing|parcel)(?: .*)?',
    ),
  ],
  ['CANNOT_CANCEL', phrases('(?:my|a|the|get|want|full) refunds?')],
  [
    'CANNOT_BUY',
    asks(
      `(?:proceed to |go to |take (?:me )?to )?(?:the )?check ?out(?: ${own}?(?:cart|basket|trolley|order)| with .*| everything)?(?: for me)?${politeEnd}`,
      'pay(?: (?:for|by|with|now|please|my|the|here|at|online|in|via|it|them|everything|later)(?: .*)?)?$',
      'payments?$',
      'order everything',
    ),
  ],
  [
    'CANNOT_BUY',
    phrases(
      'place (?:the|my|an) order',
      'to pay for (?:this|it|that|them|these|my)',
      '(?:use|with|by|on|charge|change|update|add) (?:(?:my|a|another|different|new|other|the) )*(?:credit|debit) card(?= (?:please|instead|number|details|for)|$)',
      '(?:my|the|your) card (?:number|details)',
      '(?:my|the|your|a|another|different) payment method',
      '(?:with|by|via|use|accept|take) (?:paypal|visa|mastercard)',
    ),
  ],
  [
    'CANNOT_REMOVE',
    asks(
      `(?:remove|delete|take) .*(?:from|out of|off|out) ${own}?${cart}`,
      `(?:empty|clear)(?: out)? (?:${own}${cart}|(?:shopping )?(?:cart|trolley))(?: .*)?`,
      `(?:remove|delete) ${pointed}(?: .*)?`,
      'remove$',
      `take (?:it|that|them|this|these|those|everything|the .*|all .*) (?:out|off|away)(?: .*)?`,
    ),
  ],
  [
    'CANNOT_SEE_ACCOUNT',
    phrases(
      `(?:change|update|what is|whats|show|tell me|see) (?:me )?my (?:\\w+ ){0,3}(?:address(?:es)?|email|name|password|phone)(?: number)?(?: to .*)?${politeEnd}`,
    ),
  ],
  [
    'CANNOT_DISCOUNT',
    phrases(
      '(?:a|any|some|the|my|me|get|have|extra|more) (?:\\w+ )?(?<!gift )(?:discounts?|vouchers?|coupons?)(?: codes?)?(?= (?:on|for|off|please|if|to|today|then)|$)',
      '^(?:discounts?|coupons?|vouchers?)$',
      '(?:it|them|this|that|these|those|everything|one|ones) for free',
      'for free$',
      'haggle',
      '(?:a )?better price',
    ),
  ],
  [
    'OFF_TOPIC',
    asks(
      'tell (?:me )?(?:a|another|some|any) (?:\\w+ )?jokes?',
      '(?:know|have) any jokes',
      '(?:a |another )?jokes?$',
      `what is \\w+ (?:plus|minus|times|divided by) \\w+`,
      'are you sure',
    ),
  ],
  [
    'OFF_TOPIC',
    phrases(
      '(?:the|hows|is) weather(?= (?:like|today|tomorrow|in|be|for|going|this|outside)|$)',
      'weather (?:today|forecast)',
    ),
  ],
]

/** Said alone, it asks for nothing. */
export const smallTalk: readonly (readonly [Topic, RegExp])[] = [
  ['THANKS', /^(?:ok |okay |great )?(?:thanks|thank you|cheers)(?: .*)?$/],
  ['GREETING', /^(?:hello|hi|hey|good (?:morning|afternoon|evening|day))(?: there| souk)?$/],
  ['ABOUT_ITSELF', /^(?:help|who are you|what are you|what can you do|how does this work|are you (?:a |an )?\w+)$/],
]

const proposed = '(?:it|that|this|them|the (?:last )?(?:proposal|one|thing|change|step)|the last)'

/** That what was proposed is not wanted after all. */
export const undo = asks(
  `(?:undo|revert|scratch|cancel|drop)(?: ${proposed})?(?: again)?${politeEnd}`,
  'undo (?:that|it|this|please|them|what|my|everything)(?: .*)?',
  'never ?mind$',
  'never ?mind (?:,|i|it|that|this|them|about|then|please)(?: .*)?',
  'not now$',
  '(?:forget|cancel|scratch) (?:about )?(?:it|that)(?: .*)?',
  `take ${proposed} back${politeEnd}`,
  'dont want (?:it|them|that|any of (?:it|them))(?: any ?more| after all| now| please)?$',
  'no(?: thanks?| thank you)?$',
  'thanks? but no thanks?$',
)
export const yes = /^(?:yes|yes please|ok|okay|sure|yep|go ahead|do it|please do)$/

export const orderNumber = /\bsk-[0-9a-z]{8}\b/
export const order = phrases(
  'my (?:last |recent |latest )?(?:orders?(?! of )|parcels?|package|delivery)',
  '(?:the|last|recent|previous) (?:last |recent |latest )?(?:orders?|parcels?|package|delivery)(?= (?:is|come|coming|arrive|arriving|status|please|yet|been|be|now|that|i)|$)',
  'order status',
  'did i order',
  `track (?:my|the|this|an|it|that)`,
)

/** What is in it, and what that comes to. A bag and a basket are things that are sold here, unless it is the shopper's own. */
const looking = '(?:what|whats|show|view|see|how|is|anything|open|check|list|tell|look|let|can|could)'
export const viewCart = new RegExp(
  [
    `^(?:${looking} .*)?(?<!(?:for|like|with|from) )my ${cart}(?: .*)?$`,
    `^${looking} .*\\bin the ${cart}(?: (?:so far|now|already|please|at the moment))?$`,
    `^(?:${looking} (?:me |much is )?)?(?:the )?(?:shopping )?(?:cart|trolley)(?: (?:now|please|total|contents))?$`,
    `^(?:view|open|check) (?:the )?${cart}$`,
  ].join('|'),
)
/** Where things are to be put. */
export const inCart = new RegExp(
  `(?<![\\w-])(?:(?:to|in|into) (?:my|the) ${cart}|(?:to|in|into) (?:a )?(?:shopping )?(?:cart|trolley)|(?:to|into|in) (?:basket|bag)(?=$| please))(?![\\w-])`,
)
