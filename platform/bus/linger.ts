/**
 * Milliseconds that a reader of stock levels may lag behind: they change with every order, and nobody trusts them for
 * more than a first look; inventory itself decides.
 */
export const stockLinger = 50
