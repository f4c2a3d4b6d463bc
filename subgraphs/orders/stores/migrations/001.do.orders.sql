-- Quoted wherever it is named: the word is SQL's too.
create table "order" (
  id uuid primary key,
  number text not null unique,
  user_id uuid not null,
  status text not null check (status in ('PENDING', 'CONFIRMED', 'REJECTED', 'CANCELLED', 'SHIPPED', 'DELIVERED')),
  total bigint not null check (total >= 0),
  currency text not null,
  shipping_address jsonb not null,
  -- Null, these four, for what was bought elsewhere.
  cart_id uuid,
  cart_version int,
  idempotency_key text,
  -- SHA-256 of the input that the key first came with.
  input_digest text,
  -- Forgotten as soon as the payment is settled.
  payment_method_token text,
  placed_at timestamptz not null,
  updated_at timestamptz not null,
  version bigint not null default 1,
  -- The saga, as subgraphs/orders/domain/checkout.ts describes it.
  saga_state text not null,
  reason text check (reason in ('OUT_OF_STOCK', 'PAYMENT_DECLINED', 'CONFLICT')),
  stock text not null,
  money text not null,
  cancel_requested boolean not null default false,
  attempt int not null default 1,
  -- When the commands that are still unanswered are sent again; null when nothing is awaited.
  due_at timestamptz,
  check (status <> 'CONFIRMED' or saga_state = 'COMPENSATING' or (stock = 'TAKEN' and money = 'CAPTURED')),
  check (num_nulls(cart_id, cart_version, idempotency_key, input_digest) in (0, 4)),
  unique (user_id, idempotency_key)
);
-- A cart is ordered once in each of its versions, whichever idempotency keys it comes with.
create unique index order_by_cart on "order" (cart_id, cart_version) where status not in ('REJECTED', 'CANCELLED');
create index order_by_user on "order" (user_id, placed_at desc, id desc);
create index order_newest on "order" (placed_at desc, id desc);
create index order_by_status on "order" (status, placed_at desc, id desc);
create index order_due on "order" (due_at) where due_at is not null;

create table order_line (
  id uuid primary key,
  order_id uuid not null references "order",
  position int not null,
  cart_line_id uuid,
  variant_id uuid not null,
  product_id uuid not null,
  name text not null,
  unit_price bigint not null check (unit_price >= 0),
  quantity int not null check (quantity > 0),
  unique (order_id, position)
);

-- The flight recorder: every step of every checkout.
create table saga_step (
  id bigint generated always as identity primary key,
  order_id uuid not null references "order",
  at timestamptz not null,
  kind text not null check (kind in ('COMMAND', 'EVENT', 'COMPENSATION', 'TIMEOUT')),
  message text not null,
  attempt int not null,
  trace_id text,
  detail text,
  status text
);
create index saga_step_by_order on saga_step (order_id, id);

-- Read models: what others have said. They can be emptied, and filled again from the bus.
create table catalogue_variant (
  variant_id uuid primary key,
  product_id uuid not null,
  name text not null,
  price bigint not null,
  currency text not null,
  on_sale boolean not null,
  version bigint not null
);
create index catalogue_variant_by_product on catalogue_variant (product_id);

create table stock_level (
  variant_id uuid primary key,
  available int not null,
  version bigint not null
);

create table known_cart (
  cart_id uuid primary key,
  owner_kind text not null check (owner_kind in ('guest', 'user')),
  owner_id uuid not null,
  lines jsonb not null,
  version bigint not null
);
create index known_cart_by_owner on known_cart (owner_kind, owner_id);
