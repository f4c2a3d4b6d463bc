/**
 * Every code an unexpected or unauthorised request can be answered with in `errors`.
 * Codes are stable: clients may switch on them. Messages may change.
 */
export const errorCatalogue = {
  UNAUTHENTICATED: { status: 401, message: 'Sign in first.' },
  FORBIDDEN: { status: 403, message: 'You may not do or see this.' },
  BAD_USER_INPUT: { status: 400, message: 'An argument is not valid.' },
  RATE_LIMITED: { status: 429, message: 'Too many requests of this kind. Try again later.' },
  SUBGRAPH_UNAVAILABLE: { status: 503, message: 'A part of the shop is not available just now.' },
  INTERNAL_SERVER_ERROR: { status: 500, message: 'Something went wrong on our side.' },
} as const

export type ErrorCode = keyof typeof errorCatalogue

export interface SoukErrorOptions extends ErrorOptions {
  readonly retryAfter?: number | undefined
}

/** A failure whose code and message may be shown to a client. Anything else is masked before it leaves a subgraph. */
export class SoukError extends Error {
  override readonly name = 'SoukError'
  readonly code: ErrorCode
  /** Whole seconds after which the client may try again. */
  readonly retryAfter: number | undefined

  constructor(code: ErrorCode, message: string = errorCatalogue[code].message, options: SoukErrorOptions = {}) {
    super(message, options)
    this.code = code
    this.retryAfter = options.retryAfter
  }

  /** What a client reads beside the message. */
  get extensions(): { readonly code: ErrorCode; readonly retryAfter?: number } {
    return { code: this.code, ...(this.retryAfter === undefined ? {} : { retryAfter: this.retryAfter }) }
  }
}

/** Turns anything thrown into an Error, for logging and for dead letters. */
export function asError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error(String(thrown))
}

/** The graph's RefusalCode: an expected no, which is data and never thrown. */
export type RefusalCode =
  | 'INVALID_INPUT'
  | 'NOT_FOUND'
  | 'EMAIL_TAKEN'
  | 'WRONG_CREDENTIALS'
  | 'SESSION_EXPIRED'
  | 'OUT_OF_STOCK'
  | 'QUANTITY_LIMIT'
  | 'CART_EMPTY'
  | 'CART_CHANGED'
  | 'PRICE_CHANGED'
  | 'IDEMPOTENCY_CONFLICT'
  | 'ORDER_NOT_CANCELLABLE'
  | 'PAYMENT_DECLINED'
  | 'PROPOSAL_EXPIRED'
  | 'CONFLICT'
