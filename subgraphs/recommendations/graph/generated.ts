import type { GraphQLResolveInfo, GraphQLScalarType, GraphQLScalarTypeConfig } from 'graphql';
import type { KeyModel, CartModel, RecommendationModel } from './models.ts';
import type { Context } from './context.ts';
export type Maybe<T> = T | null;
export type InputMaybe<T> = Maybe<T>;
export type Omit<T, K extends keyof T> = Pick<T, Exclude<keyof T, K>>;
export type RequireFields<T, K extends keyof T> = Omit<T, K> & { [P in K]-?: NonNullable<T[P]> };
/** All built-in and custom scalars, mapped to their actual values */
export type Scalars = {
  ID: { input: string; output: string; }
  String: { input: string; output: string; }
  Boolean: { input: boolean; output: boolean; }
  Int: { input: number; output: number; }
  Float: { input: number; output: number; }
  /** An ISO 4217 code, such as GBP. */
  CurrencyCode: { input: string; output: string; }
  /** An ISO 8601 instant in UTC. */
  DateTime: { input: Date; output: Date; }
  /** A whole number of a currency's minor units (pence, cents), exact up to 2^53 - 1; sent as a JSON number. */
  MinorUnits: { input: number; output: number; }
  _FieldSet: { input: string; output: string; }
};

/** How often what an algorithm recommended for a reason was shown, and how much of that was opened and put into a cart by whom it was shown to, on that day. */
export type AlgorithmTakeUp = {
  __typename?: 'AlgorithmTakeUp';
  added: Scalars['Int']['output'];
  algorithm: Scalars['String']['output'];
  /** Clicked of shown; null where nothing was shown. */
  clickThroughRate?: Maybe<Scalars['Float']['output']>;
  clicked: Scalars['Int']['output'];
  reason: RecommendationReason;
  shown: Scalars['Int']['output'];
};

/** A question to the assistant. */
export type AskAssistantInput = {
  /** Null starts a conversation. */
  conversationId?: InputMaybe<Scalars['ID']['input']>;
  message: Scalars['String']['input'];
};

/** The question has been taken. */
export type AssistantBegun = {
  __typename?: 'AssistantBegun';
  conversationId: Scalars['ID']['output'];
};

/** Something that happens while the assistant answers. */
export type AssistantEvent = AssistantBegun | AssistantLookedUp | AssistantReply | AssistantWords | InvalidInput | Refused;

/** Who answered. */
export type AssistantKind =
  | 'LANGUAGE_MODEL'
  /** A rule-based planner over the catalogue: no language model is configured. */
  | 'RULES';

/** The assistant has looked something up in the shop. */
export type AssistantLookedUp = {
  __typename?: 'AssistantLookedUp';
  /** By which of its tools, such as `searchProducts`. */
  tool: Scalars['String']['output'];
};

/** What the assistant says. */
export type AssistantReply = {
  __typename?: 'AssistantReply';
  conversationId: Scalars['ID']['output'];
  /** True where the language model failed and the planner answered in its place. */
  degraded: Scalars['Boolean']['output'];
  kind: AssistantKind;
  message: Scalars['String']['output'];
  products: Array<Product>;
  /** A change of the cart that the shopper may accept; nothing has changed yet. */
  proposal?: Maybe<CartProposal>;
  provider: Scalars['String']['output'];
};

/** What the assistant says, or why it says nothing. */
export type AssistantResult = AssistantReply | InvalidInput | Refused;

/** Words of the message, in order. They have been checked: what is told once is not taken back. */
export type AssistantWords = {
  __typename?: 'AssistantWords';
  text: Scalars['String']['output'];
};

/** Stub: owned by cart. */
export type Cart = {
  __typename?: 'Cart';
  id: Scalars['ID']['output'];
  /** What is in it; needed for the suggestions. */
  lines: Array<CartLine>;
  /** What shoppers with such a cart went on to buy, best first; never what is in it or out of stock. */
  suggestions: Array<Recommendation>;
};


/** Stub: owned by cart. */
export type CartSuggestionsArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
};

/** Stub: owned by cart. */
export type CartLine = {
  __typename?: 'CartLine';
  id: Scalars['ID']['output'];
  /** What the line is of; needed for the suggestions. */
  variant: ProductVariant;
};

/** A change of the cart, to be accepted or not. */
export type CartProposal = {
  __typename?: 'CartProposal';
  expiresAt: Scalars['DateTime']['output'];
  lines: Array<ProposedLine>;
  /** Signed by the assistant, bound to this session, these lines and `expiresAt`; works once. */
  token: Scalars['String']['output'];
};

/** A picture, with the words that stand in for it. */
export type Image = {
  __typename?: 'Image';
  alt: Scalars['String']['output'];
  url: Scalars['String']['output'];
};

/** The input broke a rule; `field` is its path in the input, such as `address.postcode`. */
export type InvalidInput = Refusal & {
  __typename?: 'InvalidInput';
  code: RefusalCode;
  field: Scalars['String']['output'];
  message: Scalars['String']['output'];
};

/** One training. */
export type ModelRun = {
  __typename?: 'ModelRun';
  baskets: Scalars['Int']['output'];
  /** What is kept of it. */
  bytes: Scalars['Int']['output'];
  products: Scalars['Int']['output'];
  /** How long it took. */
  seconds: Scalars['Float']['output'];
  trainedAt: Scalars['DateTime']['output'];
  version: Scalars['Int']['output'];
};

/** An amount of money. */
export type Money = {
  __typename?: 'Money';
  amount: Scalars['MinorUnits']['output'];
  currency: Scalars['CurrencyCode']['output'];
};

export type Mutation = {
  __typename?: 'Mutation';
  /** Asks the shopping assistant; it answers, and may propose a change of the cart. */
  askAssistant: AssistantResult;
  /** Tells what the session's shopper did with recommendations. What is told twice in a day counts once. */
  recommendationFeedback: RecommendationFeedbackResult;
  /** Trains the model anew, within a minute; staff. */
  trainRecommendations: Scalars['Boolean']['output'];
};


export type MutationAskAssistantArgs = {
  input: AskAssistantInput;
};


export type MutationRecommendationFeedbackArgs = {
  input: RecommendationFeedbackInput;
};

/** The cheapest and the dearest price of a product's variants. */
export type PriceRange = {
  __typename?: 'PriceRange';
  highest: Money;
  lowest: Money;
};

/** Stub: owned by products. What is external is provided of what is recommended, from what products last published. */
export type Product = {
  __typename?: 'Product';
  /** Products often bought in the same basket as this one, best first. */
  boughtTogether: Array<Recommendation>;
  id: Scalars['ID']['output'];
  /** What shows it. */
  images: Array<Image>;
  name: Scalars['String']['output'];
  /** From the cheapest variant to the dearest. */
  priceRange: PriceRange;
  /** Products that could stand in for this one, best first. */
  similar: Array<Recommendation>;
  slug: Scalars['String']['output'];
};


/** Stub: owned by products. What is external is provided of what is recommended, from what products last published. */
export type ProductBoughtTogetherArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
};


/** Stub: owned by products. What is external is provided of what is recommended, from what products last published. */
export type ProductSimilarArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
};

/** Stub: owned by products. */
export type ProductVariant = {
  __typename?: 'ProductVariant';
  id: Scalars['ID']['output'];
};

/** Units of a variant that the assistant proposes. */
export type ProposedLine = {
  __typename?: 'ProposedLine';
  quantity: Scalars['Int']['output'];
  variant: ProductVariant;
};

export type Query = {
  __typename?: 'Query';
  /** What baskets that hold these products also hold, best first. */
  boughtWith: Array<Recommendation>;
  /** What is bought most these days, best first. */
  popularProducts: Array<Recommendation>;
  /** What recommendations are made from, and how they are taken up; staff. */
  recommendationReport: RecommendationReport;
};


export type QueryBoughtWithArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
  productIds: Array<Scalars['ID']['input']>;
};


export type QueryPopularProductsArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
};


export type QueryRecommendationReportArgs = {
  days: Scalars['Int']['input'];
};

/** A product somebody may like, with the reason. */
export type Recommendation = {
  __typename?: 'Recommendation';
  /** How it was found, such as `shrunk-cosine`. */
  algorithm: Scalars['String']['output'];
  /** The evidence in words, such as 'In 41 of 120 baskets with Jumbo Bag Red Retrospot'. */
  explanation: Scalars['String']['output'];
  product: Product;
  reason: RecommendationReason;
  /** How strong the evidence is; comparable within one list, among those of one algorithm. */
  score: Scalars['Float']['output'];
};

/** What a shopper did with a recommendation. */
export type RecommendationEvent =
  /** Put into the cart. */
  | 'ADDED'
  | 'CLICKED'
  | 'SHOWN';

/** Feedback that was taken. */
export type RecommendationFeedback = {
  __typename?: 'RecommendationFeedback';
  /** How many recommendations it was about. */
  count: Scalars['Int']['output'];
};

/** What happened to some recommendations of one list. */
export type RecommendationFeedbackInput = {
  event: RecommendationEvent;
  /** 1 to 100. */
  recommendations: Array<RecommendationReference>;
};

/** Whether the feedback was taken. */
export type RecommendationFeedbackResult = InvalidInput | RecommendationFeedback | Refused;

/** Why a product is recommended. */
export type RecommendationReason =
  | 'BASED_ON_YOUR_ORDERS'
  | 'BOUGHT_TOGETHER'
  | 'FITS_YOUR_CART'
  | 'POPULAR'
  | 'SIMILAR';

/** Names a recommendation by what was answered of it. */
export type RecommendationReference = {
  algorithm: Scalars['String']['input'];
  productId: Scalars['ID']['input'];
  reason: RecommendationReason;
};

/** What recommendations are made from, and how they are taken up. */
export type RecommendationReport = {
  __typename?: 'RecommendationReport';
  algorithms: Array<AlgorithmTakeUp>;
  /** What is served from; null before the first training. */
  model?: Maybe<ModelRun>;
};

/** An expected 'no': part of the data, never in `errors`. `code` is stable; `message` may be shown to a person. */
export type Refusal = {
  code: RefusalCode;
  message: Scalars['String']['output'];
};

/** Why something was refused. */
export type RefusalCode =
  | 'CART_CHANGED'
  | 'CART_EMPTY'
  | 'CONFLICT'
  | 'EMAIL_TAKEN'
  | 'IDEMPOTENCY_CONFLICT'
  | 'INVALID_INPUT'
  | 'NOT_FOUND'
  | 'ORDER_NOT_CANCELLABLE'
  | 'OUT_OF_STOCK'
  | 'PAYMENT_DECLINED'
  | 'PRICE_CHANGED'
  | 'PROPOSAL_EXPIRED'
  | 'QUANTITY_LIMIT'
  | 'SESSION_EXPIRED'
  | 'WRONG_CREDENTIALS';

/** Any refusal that needs no more than its code and message. */
export type Refused = Refusal & {
  __typename?: 'Refused';
  code: RefusalCode;
  message: Scalars['String']['output'];
};

/** What is told as it happens. Hidden from clients until the gateway carries subscriptions, as is what is only told here. */
export type Subscription = {
  __typename?: 'Subscription';
  /** As `askAssistant`, while it is being answered; the reply, or why there is none, comes last. */
  assistantReply: AssistantEvent;
};


/** What is told as it happens. Hidden from clients until the gateway carries subscriptions, as is what is only told here. */
export type SubscriptionAssistantReplyArgs = {
  input: AskAssistantInput;
};

/** Stub: owned by users. */
export type User = {
  __typename?: 'User';
  id: Scalars['ID']['output'];
  /** From the user's own orders, best first. */
  recommendations: Array<Recommendation>;
};


/** Stub: owned by users. */
export type UserRecommendationsArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
};



export type ResolverTypeWrapper<T> = Promise<T> | T;

export type ReferenceResolver<TResult, TReference, TContext> = (
      reference: TReference,
      context: TContext,
      info: GraphQLResolveInfo
    ) => Promise<TResult> | TResult;

      type ScalarCheck<T, S> = S extends true ? T : NullableCheck<T, S>;
      type NullableCheck<T, S> = Maybe<T> extends T ? Maybe<ListCheck<NonNullable<T>, S>> : ListCheck<T, S>;
      type ListCheck<T, S> = T extends (infer U)[] ? NullableCheck<U, S>[] : GraphQLRecursivePick<T, S>;
      export type GraphQLRecursivePick<T, S> = { [K in keyof T & keyof S]: ScalarCheck<T[K], S[K]> };
    

export type ResolverWithResolve<TResult, TParent, TContext, TArgs> = {
  resolve: ResolverFn<TResult, TParent, TContext, TArgs>;
};
export type Resolver<TResult, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> = ResolverFn<TResult, TParent, TContext, TArgs> | ResolverWithResolve<TResult, TParent, TContext, TArgs>;

export type ResolverFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => Promise<TResult> | TResult;

export type SubscriptionSubscribeFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => AsyncIterable<TResult> | Promise<AsyncIterable<TResult>>;

export type SubscriptionResolveFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => TResult | Promise<TResult>;

export interface SubscriptionSubscriberObject<TResult, TKey extends string, TParent, TContext, TArgs> {
  subscribe: SubscriptionSubscribeFn<{ [key in TKey]: TResult }, TParent, TContext, TArgs>;
  resolve?: SubscriptionResolveFn<TResult, { [key in TKey]: TResult }, TContext, TArgs>;
}

export interface SubscriptionResolverObject<TResult, TParent, TContext, TArgs> {
  subscribe: SubscriptionSubscribeFn<any, TParent, TContext, TArgs>;
  resolve: SubscriptionResolveFn<TResult, any, TContext, TArgs>;
}

export type SubscriptionObject<TResult, TKey extends string, TParent, TContext, TArgs> =
  | SubscriptionSubscriberObject<TResult, TKey, TParent, TContext, TArgs>
  | SubscriptionResolverObject<TResult, TParent, TContext, TArgs>;

export type SubscriptionResolver<TResult, TKey extends string, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> =
  | ((...args: any[]) => SubscriptionObject<TResult, TKey, TParent, TContext, TArgs>)
  | SubscriptionObject<TResult, TKey, TParent, TContext, TArgs>;

export type TypeResolveFn<TTypes, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>> = (
  parent: TParent,
  context: TContext,
  info: GraphQLResolveInfo
) => Maybe<TTypes> | Promise<Maybe<TTypes>>;

export type IsTypeOfResolverFn<T = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>> = (obj: T, context: TContext, info: GraphQLResolveInfo) => boolean | Promise<boolean>;

export type NextResolverFn<T> = () => Promise<T>;

export type DirectiveResolverFn<TResult = Record<PropertyKey, never>, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> = (
  next: NextResolverFn<TResult>,
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => TResult | Promise<TResult>;

/** Mapping of federation types */
export type FederationTypes = {
  Cart: Cart;
  CartLine: CartLine;
  Product: Product;
  User: User;
};

/** Mapping of federation reference types */
export type FederationReferenceTypes = {
  Cart:
    ( { __typename: 'Cart' }
    & GraphQLRecursivePick<FederationTypes['Cart'], {"id":true}>
    & ( Record<PropertyKey, never>
        | GraphQLRecursivePick<FederationTypes['Cart'], {"lines":{"variant":{"id":true}}}> ) );
  CartLine:
    ( { __typename: 'CartLine' }
    & GraphQLRecursivePick<FederationTypes['CartLine'], {"id":true}> );
  Product:
    ( { __typename: 'Product' }
    & GraphQLRecursivePick<FederationTypes['Product'], {"id":true}> );
  User:
    ( { __typename: 'User' }
    & GraphQLRecursivePick<FederationTypes['User'], {"id":true}> );
};

/** Mapping of union types */
export type ResolversUnionTypes<_RefType extends Record<string, unknown>> = {
  AssistantEvent:
    | ( AssistantBegun )
    | ( AssistantLookedUp )
    | ( Omit<AssistantReply, 'products' | 'proposal'> & { products: Array<_RefType['Product']>, proposal?: Maybe<_RefType['CartProposal']> } )
    | ( AssistantWords )
    | ( InvalidInput )
    | ( Refused )
  ;
  AssistantResult:
    | ( Omit<AssistantReply, 'products' | 'proposal'> & { products: Array<_RefType['Product']>, proposal?: Maybe<_RefType['CartProposal']> } )
    | ( InvalidInput )
    | ( Refused )
  ;
  RecommendationFeedbackResult:
    | ( InvalidInput )
    | ( RecommendationFeedback )
    | ( Refused )
  ;
};

/** Mapping of interface types */
export type ResolversInterfaceTypes<_RefType extends Record<string, unknown>> = {
  Refusal:
    | ( InvalidInput )
    | ( Refused )
  ;
};

/** Mapping between all available schema types and the resolvers types */
export type ResolversTypes = {
  AlgorithmTakeUp: ResolverTypeWrapper<AlgorithmTakeUp>;
  Int: ResolverTypeWrapper<Scalars['Int']['output']>;
  String: ResolverTypeWrapper<Scalars['String']['output']>;
  Float: ResolverTypeWrapper<Scalars['Float']['output']>;
  AskAssistantInput: AskAssistantInput;
  ID: ResolverTypeWrapper<Scalars['ID']['output']>;
  AssistantBegun: ResolverTypeWrapper<AssistantBegun>;
  AssistantEvent: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['AssistantEvent']>;
  AssistantKind: AssistantKind;
  AssistantLookedUp: ResolverTypeWrapper<AssistantLookedUp>;
  AssistantReply: ResolverTypeWrapper<Omit<AssistantReply, 'products' | 'proposal'> & { products: Array<ResolversTypes['Product']>, proposal?: Maybe<ResolversTypes['CartProposal']> }>;
  Boolean: ResolverTypeWrapper<Scalars['Boolean']['output']>;
  AssistantResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['AssistantResult']>;
  AssistantWords: ResolverTypeWrapper<AssistantWords>;
  Cart: ResolverTypeWrapper<CartModel>;
  CartLine: ResolverTypeWrapper<Omit<CartLine, 'variant'> & { variant: ResolversTypes['ProductVariant'] }>;
  CartProposal: ResolverTypeWrapper<Omit<CartProposal, 'lines'> & { lines: Array<ResolversTypes['ProposedLine']> }>;
  CurrencyCode: ResolverTypeWrapper<Scalars['CurrencyCode']['output']>;
  DateTime: ResolverTypeWrapper<Scalars['DateTime']['output']>;
  Image: ResolverTypeWrapper<Image>;
  InvalidInput: ResolverTypeWrapper<InvalidInput>;
  MinorUnits: ResolverTypeWrapper<Scalars['MinorUnits']['output']>;
  ModelRun: ResolverTypeWrapper<ModelRun>;
  Money: ResolverTypeWrapper<Money>;
  Mutation: ResolverTypeWrapper<Record<PropertyKey, never>>;
  PriceRange: ResolverTypeWrapper<PriceRange>;
  Product: ResolverTypeWrapper<KeyModel>;
  ProductVariant: ResolverTypeWrapper<KeyModel>;
  ProposedLine: ResolverTypeWrapper<Omit<ProposedLine, 'variant'> & { variant: ResolversTypes['ProductVariant'] }>;
  Query: ResolverTypeWrapper<Record<PropertyKey, never>>;
  Recommendation: ResolverTypeWrapper<RecommendationModel>;
  RecommendationEvent: RecommendationEvent;
  RecommendationFeedback: ResolverTypeWrapper<RecommendationFeedback>;
  RecommendationFeedbackInput: RecommendationFeedbackInput;
  RecommendationFeedbackResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['RecommendationFeedbackResult']>;
  RecommendationReason: RecommendationReason;
  RecommendationReference: RecommendationReference;
  RecommendationReport: ResolverTypeWrapper<RecommendationReport>;
  Refusal: ResolverTypeWrapper<ResolversInterfaceTypes<ResolversTypes>['Refusal']>;
  RefusalCode: RefusalCode;
  Refused: ResolverTypeWrapper<Refused>;
  Subscription: ResolverTypeWrapper<Record<PropertyKey, never>>;
  User: ResolverTypeWrapper<KeyModel>;
};

/** Mapping between all available schema types and the resolvers parents */
export type ResolversParentTypes = {
  AlgorithmTakeUp: AlgorithmTakeUp;
  Int: Scalars['Int']['output'];
  String: Scalars['String']['output'];
  Float: Scalars['Float']['output'];
  AskAssistantInput: AskAssistantInput;
  ID: Scalars['ID']['output'];
  AssistantBegun: AssistantBegun;
  AssistantEvent: ResolversUnionTypes<ResolversParentTypes>['AssistantEvent'];
  AssistantLookedUp: AssistantLookedUp;
  AssistantReply: Omit<AssistantReply, 'products' | 'proposal'> & { products: Array<ResolversParentTypes['Product']>, proposal?: Maybe<ResolversParentTypes['CartProposal']> };
  Boolean: Scalars['Boolean']['output'];
  AssistantResult: ResolversUnionTypes<ResolversParentTypes>['AssistantResult'];
  AssistantWords: AssistantWords;
  Cart: CartModel;
  CartLine: Omit<CartLine, 'variant'> & { variant: ResolversParentTypes['ProductVariant'] } | FederationReferenceTypes['CartLine'];
  CartProposal: Omit<CartProposal, 'lines'> & { lines: Array<ResolversParentTypes['ProposedLine']> };
  CurrencyCode: Scalars['CurrencyCode']['output'];
  DateTime: Scalars['DateTime']['output'];
  Image: Image;
  InvalidInput: InvalidInput;
  MinorUnits: Scalars['MinorUnits']['output'];
  ModelRun: ModelRun;
  Money: Money;
  Mutation: Record<PropertyKey, never>;
  PriceRange: PriceRange;
  Product: KeyModel;
  ProductVariant: KeyModel;
  ProposedLine: Omit<ProposedLine, 'variant'> & { variant: ResolversParentTypes['ProductVariant'] };
  Query: Record<PropertyKey, never>;
  Recommendation: RecommendationModel;
  RecommendationFeedback: RecommendationFeedback;
  RecommendationFeedbackInput: RecommendationFeedbackInput;
  RecommendationFeedbackResult: ResolversUnionTypes<ResolversParentTypes>['RecommendationFeedbackResult'];
  RecommendationReference: RecommendationReference;
  RecommendationReport: RecommendationReport;
  Refusal: ResolversInterfaceTypes<ResolversParentTypes>['Refusal'];
  Refused: Refused;
  Subscription: Record<PropertyKey, never>;
  User: KeyModel;
};

export type DecorationDirectiveArgs = { };

export type DecorationDirectiveResolver<Result, Parent, ContextType = Context, Args = DecorationDirectiveArgs> = DirectiveResolverFn<Result, Parent, ContextType, Args>;

export type AlgorithmTakeUpResolvers<ContextType = Context, ParentType extends ResolversParentTypes['AlgorithmTakeUp'] = ResolversParentTypes['AlgorithmTakeUp']> = {
  added?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  algorithm?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  clickThroughRate?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  clicked?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  reason?: Resolver<ResolversTypes['RecommendationReason'], ParentType, ContextType>;
  shown?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type AssistantBegunResolvers<ContextType = Context, ParentType extends ResolversParentTypes['AssistantBegun'] = ResolversParentTypes['AssistantBegun']> = {
  conversationId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type AssistantEventResolvers<ContextType = Context, ParentType extends ResolversParentTypes['AssistantEvent'] = ResolversParentTypes['AssistantEvent']> = {
  __resolveType: TypeResolveFn<'AssistantBegun' | 'AssistantLookedUp' | 'AssistantReply' | 'AssistantWords' | 'InvalidInput' | 'Refused', ParentType, ContextType>;
};

export type AssistantLookedUpResolvers<ContextType = Context, ParentType extends ResolversParentTypes['AssistantLookedUp'] = ResolversParentTypes['AssistantLookedUp']> = {
  tool?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type AssistantReplyResolvers<ContextType = Context, ParentType extends ResolversParentTypes['AssistantReply'] = ResolversParentTypes['AssistantReply']> = {
  conversationId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  degraded?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['AssistantKind'], ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  products?: Resolver<Array<ResolversTypes['Product']>, ParentType, ContextType>;
  proposal?: Resolver<Maybe<ResolversTypes['CartProposal']>, ParentType, ContextType>;
  provider?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type AssistantResultResolvers<ContextType = Context, ParentType extends ResolversParentTypes['AssistantResult'] = ResolversParentTypes['AssistantResult']> = {
  __resolveType: TypeResolveFn<'AssistantReply' | 'InvalidInput' | 'Refused', ParentType, ContextType>;
};

export type AssistantWordsResolvers<ContextType = Context, ParentType extends ResolversParentTypes['AssistantWords'] = ResolversParentTypes['AssistantWords']> = {
  text?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type CartResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Cart'] = ResolversParentTypes['Cart'], FederationReferenceType extends FederationReferenceTypes['Cart'] = FederationReferenceTypes['Cart']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Cart']> | FederationReferenceType, FederationReferenceType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  suggestions?: Resolver<Array<ResolversTypes['Recommendation']>, ParentType, ContextType, RequireFields<CartSuggestionsArgs, 'first'>>;
};

export type CartLineResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CartLine'] = ResolversParentTypes['CartLine'], FederationReferenceType extends FederationReferenceTypes['CartLine'] = FederationReferenceTypes['CartLine']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['CartLine']> | FederationReferenceType, FederationReferenceType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
};

export type CartProposalResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CartProposal'] = ResolversParentTypes['CartProposal']> = {
  expiresAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  lines?: Resolver<Array<ResolversTypes['ProposedLine']>, ParentType, ContextType>;
  token?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export interface CurrencyCodeScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['CurrencyCode'], any> {
  name: 'CurrencyCode';
}

export interface DateTimeScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['DateTime'], any> {
  name: 'DateTime';
}

export type ImageResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Image'] = ResolversParentTypes['Image']> = {
  alt?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  url?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type InvalidInputResolvers<ContextType = Context, ParentType extends ResolversParentTypes['InvalidInput'] = ResolversParentTypes['InvalidInput']> = {
  code?: Resolver<ResolversTypes['RefusalCode'], ParentType, ContextType>;
  field?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export interface MinorUnitsScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['MinorUnits'], any> {
  name: 'MinorUnits';
}

export type ModelRunResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ModelRun'] = ResolversParentTypes['ModelRun']> = {
  baskets?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  bytes?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  products?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  seconds?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  trainedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  version?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type MoneyResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Money'] = ResolversParentTypes['Money']> = {
  amount?: Resolver<ResolversTypes['MinorUnits'], ParentType, ContextType>;
  currency?: Resolver<ResolversTypes['CurrencyCode'], ParentType, ContextType>;
};

export type MutationResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Mutation'] = ResolversParentTypes['Mutation']> = {
  askAssistant?: Resolver<ResolversTypes['AssistantResult'], ParentType, ContextType, RequireFields<MutationAskAssistantArgs, 'input'>>;
  recommendationFeedback?: Resolver<ResolversTypes['RecommendationFeedbackResult'], ParentType, ContextType, RequireFields<MutationRecommendationFeedbackArgs, 'input'>>;
  trainRecommendations?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
};

export type PriceRangeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PriceRange'] = ResolversParentTypes['PriceRange']> = {
  highest?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  lowest?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
};

export type ProductResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Product'] = ResolversParentTypes['Product'], FederationReferenceType extends FederationReferenceTypes['Product'] = FederationReferenceTypes['Product']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Product']> | FederationReferenceType, FederationReferenceType, ContextType>;
  boughtTogether?: Resolver<Array<ResolversTypes['Recommendation']>, ParentType, ContextType, RequireFields<ProductBoughtTogetherArgs, 'first'>>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  images?: Resolver<Array<ResolversTypes['Image']>, ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  priceRange?: Resolver<ResolversTypes['PriceRange'], ParentType, ContextType>;
  similar?: Resolver<Array<ResolversTypes['Recommendation']>, ParentType, ContextType, RequireFields<ProductSimilarArgs, 'first'>>;
  slug?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type ProductVariantResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ProductVariant'] = ResolversParentTypes['ProductVariant']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
};

export type ProposedLineResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ProposedLine'] = ResolversParentTypes['ProposedLine']> = {
  quantity?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  variant?: Resolver<ResolversTypes['ProductVariant'], ParentType, ContextType>;
};

export type QueryResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Query'] = ResolversParentTypes['Query']> = {
  boughtWith?: Resolver<Array<ResolversTypes['Recommendation']>, ParentType, ContextType, RequireFields<QueryBoughtWithArgs, 'first' | 'productIds'>>;
  popularProducts?: Resolver<Array<ResolversTypes['Recommendation']>, ParentType, ContextType, RequireFields<QueryPopularProductsArgs, 'first'>>;
  recommendationReport?: Resolver<ResolversTypes['RecommendationReport'], ParentType, ContextType, RequireFields<QueryRecommendationReportArgs, 'days'>>;
};

export type RecommendationResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Recommendation'] = ResolversParentTypes['Recommendation']> = {
  algorithm?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  explanation?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  product?: Resolver<ResolversTypes['Product'], ParentType, ContextType>;
  reason?: Resolver<ResolversTypes['RecommendationReason'], ParentType, ContextType>;
  score?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
};

export type RecommendationFeedbackResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RecommendationFeedback'] = ResolversParentTypes['RecommendationFeedback']> = {
  count?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type RecommendationFeedbackResultResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RecommendationFeedbackResult'] = ResolversParentTypes['RecommendationFeedbackResult']> = {
  __resolveType: TypeResolveFn<'InvalidInput' | 'RecommendationFeedback' | 'Refused', ParentType, ContextType>;
};

export type RecommendationReportResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RecommendationReport'] = ResolversParentTypes['RecommendationReport']> = {
  algorithms?: Resolver<Array<ResolversTypes['AlgorithmTakeUp']>, ParentType, ContextType>;
  model?: Resolver<Maybe<ResolversTypes['ModelRun']>, ParentType, ContextType>;
};

export type RefusalResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Refusal'] = ResolversParentTypes['Refusal']> = {
  __resolveType: TypeResolveFn<'InvalidInput' | 'Refused', ParentType, ContextType>;
};

export type RefusedResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Refused'] = ResolversParentTypes['Refused']> = {
  code?: Resolver<ResolversTypes['RefusalCode'], ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type SubscriptionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Subscription'] = ResolversParentTypes['Subscription']> = {
  assistantReply?: SubscriptionResolver<ResolversTypes['AssistantEvent'], "assistantReply", ParentType, ContextType, RequireFields<SubscriptionAssistantReplyArgs, 'input'>>;
};

export type UserResolvers<ContextType = Context, ParentType extends ResolversParentTypes['User'] = ResolversParentTypes['User'], FederationReferenceType extends FederationReferenceTypes['User'] = FederationReferenceTypes['User']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['User']> | FederationReferenceType, FederationReferenceType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  recommendations?: Resolver<Array<ResolversTypes['Recommendation']>, ParentType, ContextType, RequireFields<UserRecommendationsArgs, 'first'>>;
};

export type Resolvers<ContextType = Context> = {
  AlgorithmTakeUp?: AlgorithmTakeUpResolvers<ContextType>;
  AssistantBegun?: AssistantBegunResolvers<ContextType>;
  AssistantEvent?: AssistantEventResolvers<ContextType>;
  AssistantLookedUp?: AssistantLookedUpResolvers<ContextType>;
  AssistantReply?: AssistantReplyResolvers<ContextType>;
  AssistantResult?: AssistantResultResolvers<ContextType>;
  AssistantWords?: AssistantWordsResolvers<ContextType>;
  Cart?: CartResolvers<ContextType>;
  CartLine?: CartLineResolvers<ContextType>;
  CartProposal?: CartProposalResolvers<ContextType>;
  CurrencyCode?: GraphQLScalarType;
  DateTime?: GraphQLScalarType;
  Image?: ImageResolvers<ContextType>;
  InvalidInput?: InvalidInputResolvers<ContextType>;
  MinorUnits?: GraphQLScalarType;
  ModelRun?: ModelRunResolvers<ContextType>;
  Money?: MoneyResolvers<ContextType>;
  Mutation?: MutationResolvers<ContextType>;
  PriceRange?: PriceRangeResolvers<ContextType>;
  Product?: ProductResolvers<ContextType>;
  ProductVariant?: ProductVariantResolvers<ContextType>;
  ProposedLine?: ProposedLineResolvers<ContextType>;
  Query?: QueryResolvers<ContextType>;
  Recommendation?: RecommendationResolvers<ContextType>;
  RecommendationFeedback?: RecommendationFeedbackResolvers<ContextType>;
  RecommendationFeedbackResult?: RecommendationFeedbackResultResolvers<ContextType>;
  RecommendationReport?: RecommendationReportResolvers<ContextType>;
  Refusal?: RefusalResolvers<ContextType>;
  Refused?: RefusedResolvers<ContextType>;
  Subscription?: SubscriptionResolvers<ContextType>;
  User?: UserResolvers<ContextType>;
};

export type DirectiveResolvers<ContextType = Context> = {
  decoration?: DecorationDirectiveResolver<any, any, ContextType>;
};
