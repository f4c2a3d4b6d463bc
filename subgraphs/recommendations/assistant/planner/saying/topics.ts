import type { Topic } from '../plan.ts'

/** What the planner says of a matter, whatever is found. */
export const topics: Readonly<Record<Topic, string>> = {
  GREETING:
    'Hello! Tell me what you are looking for, such as “a red bag under 5 pounds and something that goes with it”.',
  THANKS: 'You are welcome.',
  ABOUT_ITSELF:
    'I am a set of rules, not a language model. I find products, compare them, say what goes with them, look into your cart and your orders, and propose what to put into the cart.',
  OFF_TOPIC: 'I know nothing but this shop: its products, your cart and your orders.',
  CANNOT_BUY: 'I cannot check out or pay: you do that yourself, in the cart.',
  CANNOT_REMOVE: 'I can only propose to add things. Remove lines in the cart yourself.',
  CANNOT_CANCEL: 'I cannot cancel or return orders: you do that yourself, at the order.',
  CANNOT_SEE_ACCOUNT: 'I cannot see or change addresses, payment or anything else of your account.',
  CANNOT_DISCOUNT: 'Prices are those of the shop; I cannot change them.',
  SECRET: 'I have nothing to say about how I work inside.',
  WHICH_ONE: 'Which one do you mean? Say “the first one”, “the second one”, or something of its name.',
  NOTHING_SHOWN: 'Tell me first what you are looking for, so that I can show you something.',
  NO_SUCH_PLACE: 'I have not shown as many as that.',
  QUANTITY: 'I can propose from 1 to 20 of one thing.',
  HOW_MANY: 'How many do you want? I can propose from 1 to 20 of one thing.',
  NOT_WANTED: 'All right, I propose nothing. Say what you would like instead, such as “the second one”.',
  NOT_SURE: 'I am not sure that you want it. If you do, say so: “add the second one”.',
  NO_SUCH_PRICE: 'No price is above the one and below the other. Which limit do you mean?',
  NO_MORE: 'There are no more: I have shown you all of them.',
  NO_FURTHER: 'I page no further than fifty. Say more of what you are looking for, or name a price.',
  ACCEPT_YOURSELF: 'Accept the proposal to put it into your cart; I cannot do that for you.',
  NOTHING_TO_UNDO: 'All right. I have changed nothing.',
  UNDONE:
    'I have changed nothing: a proposal that you do not accept lapses. What you have accepted already, remove in the cart yourself.',
  UNCLEAR: 'I did not understand that. Tell me what to look for, or ask for your cart or your orders.',
}
