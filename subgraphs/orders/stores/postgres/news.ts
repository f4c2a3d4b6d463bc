/** Notified in the orders' own database, at commit; the payload is one of the keys of waiting.ts. */
export const newsChannel = 'orders_news'
