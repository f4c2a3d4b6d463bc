create table payment (
  id uuid primary key,
  -- At most one charge an order; the order's id is the idempotency key at the provider.
  order_id uuid not null unique,
  user_id uuid not null,
  amount bigint not null check (amount >= 0),
  currency text not null,
  refunded bigint not null default 0,
  refund_asked bigint not null default 0,
  payment_method_token text not null,
  status text not null,
  decline_reason text,
  next_call text check (next_call in ('CAPTURE', 'FIND', 'REFUND')),
  -- When the next call is due; moved on while somebody makes it.
  due_at timestamptz not null default now(),
  attempts int not null default 0,
  version bigint not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  check (refunded <= amount)
);
create index payment_due on payment (due_at) where next_call is not null;
