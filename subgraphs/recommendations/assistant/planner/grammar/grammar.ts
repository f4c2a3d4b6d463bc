import type { Basis } from '../plan.ts'
import { phrases } from '../reading/normalise.ts'
import { priceBegins } from '../reading/prices.ts'

/** What the planner understands, as data: phrases in the plain words that `normalise` makes. */

const cart = '(?:shopping )?(?:cart|basket|trolley|bag)'
const ofMine = '(?:my|the)'

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
  '(?:what|whats|what is|what are|which is) (?:about )?(?:number |no )?#?\\d+$',
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
  ...[
    'add',
    'put',
    'buy',
    'order me',
    'ill (?:take|have)',
    'i (?:will|would) (?:take|have)',
    'take(?! (?:out|away)\\b)',
    'give me',
  ],
  ...['let me have', 'can i have', 'could i have', 'get me', 'purchase'],
)
/** So does this, where it is of something that was shown. */
export const wanting = phrases(
  'i(?:d| would)? like',
  'i want',
  'i need',
  'we (?:want|need)',
  'ill go for',
  'make (?:it|that|them)',
)

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

/** Wishes that no search knows of; they are left out, and said to be. They end where a price begins, or something else. */
const toTheEnd = `(?:(?!${priceBegins}|,|and (?:something|anything))\\S+(?: |$))+`
export const ignored = new RegExp(
  [
    `(?<![\\w£-])(?:but not|except|without|that (?:is|are) not|that (?:isnt|arent)|not in(?! stock)|with no|(?<!do |me |does )not(?! in stock| available)) ${toTheEnd}`,
    String.raw`(?<![\w£-])(?:delivered )?(?:by|before|until|for delivery) (?:tomorrow|today|tonight|monday|tuesday|wednesday|thursday|friday|saturday|sunday|next week|the weekend)(?![\w-])`,
    String.raw`(?<![\w£-])delivered (?:tomorrow|today|next week)(?![\w-])`,
  ].join('|'),
)
