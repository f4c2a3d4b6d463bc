import type { Basis, Topic } from './plan.ts'
import { phrases } from './reading/normalise.ts'

/** What the planner understands, as data: phrases in the plain words that `normalise` makes. */

const cart = '(?:shopping )?(?:cart|basket|trolley|bag)'
const ofMine = '(?:my|the|a)'

/** Why something is not done, by what is said; the first that fits. */
export const refusals: readonly (readonly [Topic, RegExp])[] = [
  ['SECRET', phrases('(?:system )?prompt', '(?:your|previous|all) (?:instructions|rules|secrets?)', 'api key')],
  ['CANNOT_CANCEL', phrases('cancel .*', 'refund .*', 'return my .*')],
  ['CANNOT_BUY', phrases('check ?out', 'pay', 'pay for .*', 'place (?:the|my|an) order', 'order everything')],
  ['CANNOT_BUY', phrases('(?:credit|debit) card', 'card number', 'payment method', 'paypal')],
  [
    'CANNOT_REMOVE',
    phrases(`(?:remove|delete|take) .*(?:${cart}|out)`, `(?:empty|clear) .*${cart}`, '(?:remove|delete) .*'),
  ],
  ['CANNOT_SEE_ACCOUNT', phrases('(?:change|update|what is|whats|show) my .*(?:address|email|name|password|phone)')],
  ['CANNOT_DISCOUNT', phrases('discounts?', 'vouchers?', 'coupons?', 'for free', 'haggle', 'better price')],
  ['OFF_TOPIC', phrases('(?:a )?joke', 'weather', `what is \\w+ (?:plus|minus|times|divided by) \\w+`, 'are you sure')],
]

/** Said alone, it asks for nothing. */
export const smallTalk: readonly (readonly [Topic, RegExp])[] = [
  ['THANKS', /^(?:ok |okay |great |no )?(?:thanks|thank you|cheers)(?: .*)?$/],
  ['GREETING', /^(?:hello|hi|hey|good (?:morning|afternoon|evening|day))(?: there| souk)?$/],
  ['ABOUT_ITSELF', /^(?:help|who are you|what are you|what can you do|how does this work|are you (?:a |an )?\w+)$/],
]

export const undo = phrases('undo', 'never ?mind', 'dont want (?:it|them|that)', 'forget (?:it|that)', 'no thanks?')
export const yes = /^(?:yes|yes please|ok|okay|sure|yep|go ahead|do it|please do)$/

export const orderNumber = /\bsk-[0-9a-z]{8}\b/
export const order = phrases(
  '(?:my|the|last|recent|previous) (?:last |recent |latest )?(?:orders?|parcels?|package|delivery)',
  'order status',
  'did i order',
  'track',
)

/** What is in it, and what that comes to. */
export const viewCart = new RegExp(
  `^(?:(?:what|whats|show|view|see|how much|how many|is there|anything|open|check) .*)?${ofMine} ${cart}(?: .*)?$|^(?:view|show) ${cart}$`,
)
export const inCart = new RegExp(`(?:(?:to|in|into) ${ofMine} ${cart}|(?:to|in|into) ${cart})`)

/** Something beside what else is asked for. */
export const companion =
  /,? ?(?:and|with|plus) (?:something|anything|whatever|a thing)(?: else)?(?: that| to| which)? (?:go(?:es)?|match(?:es)?|fits?)(?: (?:well|nicely|along))?(?: with)?(?: (?:it|them|that|this|these|those))?/

/** By what something is recommended, where it names products. */
export const towards: readonly (readonly [Basis, RegExp])[] = [
  [
    'SIMILAR',
    phrases(
      '(?:something |anything |products? )?(?:similar|alternatives?|an alternative)(?: to| for)?',
      '(?:something|anything|more|others?) like',
    ),
  ],
  [
    'PRODUCTS',
    phrases(
      '(?:goes|go|going)(?: (?:well|nicely))? with',
      'match(?:es)?',
      'fits? with',
      '(?:is )?(?:often |usually )?bought (?:together )?with',
      'do people (?:also )?buy with',
    ),
  ],
]

/** By what something is recommended, where it names none; the first that fits. */
export const recommendations: readonly (readonly [Basis, RegExp])[] = [
  [
    'ORDERS',
    phrases('(?:based|going) (?:on|by) .*(?:orders?|bought|purchases?)', 'what i (?:have )?(?:bought|ordered) before'),
  ],
  [
    'CART',
    new RegExp(`(?:suggest|recommend|go(?:es)?|fits?|match(?:es)?) .*${ofMine} ${cart}|what else (?:do|might) i need`),
  ],
  [
    'POPULAR',
    phrases(
      '(?:what is|whats|most) popular',
      'popular (?:things|products|items)',
      'best ?sellers?',
      'people (?:are )?buy(?:ing)?(?: these days)?(?! with)',
      'surprise me',
      '^(?:what (?:do|would|can) you )?(?:recommend|suggest)(?: me)?(?: something)?$',
      '^(?:any|your) (?:recommendations?|suggestions?)$',
      'trending',
    ),
  ],
]

/** Asks for what is known of something that was shown. */
export const details = phrases(
  '(?:tell me )?(?:some )?more about',
  'tell me about',
  'details (?:of|on|about)',
  'describe',
  'how much (?:is|are|does|do)',
  'what (?:is|are) .* made of',
  'what colou?rs?',
  'what size',
  '(?:is|are) .*(?:in stock|available|left)',
  'are there still',
  'is it available',
  'available',
)
export const comparing = phrases(
  'compare',
  'difference between',
  'versus',
  'vs',
  'which (?:one |of them |of these )?(?:is|are)',
  '(?:is|are) .* than',
)

/** Asks to have it in the cart. */
export const taking = phrases(
  ...['add', 'put', 'buy', 'order me', 'ill (?:take|have)', 'i (?:will|would) (?:take|have)', 'take', 'give me'],
  ...['let me have', 'can i have', 'could i have', 'get me', 'purchase'],
)
/** So does this, where it is of something that was shown. */
export const wanting = phrases('i(?:d| would)? like', 'i want', 'i need', 'we (?:want|need)', 'ill go for')

/** About the list that was shown last. */
export const followUps = {
  more: /^(?:show me |see |give me )?(?:(?:some )?more|the next (?:ones?|page)|next|have you got any others?|any others?|others)(?: please)?$/,
  cheaper:
    /^(?:(?:something|anything|any|show me|have you got|do you have) )*(?:cheaper|less expensive)(?: ones?)?(?: please)?$/,
  dearer: /^(?:(?:something|anything|any|show me) )*(?:dearer|more expensive|better|fancier)(?: ones?)?(?: please)?$/,
  colour:
    /^(?:and |what about |how about |do you have (?:it|them|that|this) |have you got (?:it|them) |is there one )?(in )?([a-z]+)( ones?)?$/,
} as const

export const sorts = [
  ['PRICE_LOW_TO_HIGH', phrases('cheapest(?: first)?', 'least expensive', 'lowest price(?: first)?', 'cheap')],
  ['PRICE_HIGH_TO_LOW', phrases('most expensive(?: first)?', 'dearest', 'priciest', 'highest price(?: first)?')],
  ['NEWEST', phrases('newest(?: first)?', 'latest', 'whats new', 'what is new', 'new in', '(?<=what )new', 'recent')],
] as const

export const colours: ReadonlySet<string> = new Set(
  `red blue green pink white black yellow orange purple violet brown grey gray silver gold golden ivory cream turquoise
  mint lilac beige rose navy`.split(/\s+/),
)

/** An order of a list; here "first" is no place in it. */
export const sortedFirst =
  /\b(cheapest|newest|dearest|most expensive|least expensive|lowest price|highest price) first\b/

/** Wishes that no search knows of; they are left out, and said to be. */
export const ignored = phrases(
  '(?:but not|except|without|that (?:is|are) not|not in) .*',
  '(?:delivered )?(?:by|before|until|for delivery) (?:tomorrow|today|tonight|monday|tuesday|wednesday|thursday|friday|saturday|sunday|next week|the weekend)',
  'delivered (?:tomorrow|today|next week)',
)
